"""The smallest oTree project: one participant, two pages of four questions."""

SESSION_CONFIGS = [
    {"name": "questions", "app_sequence": ["questions"], "num_demo_participants": 1}
]
SESSION_CONFIG_DEFAULTS = {"real_world_currency_per_point": 1, "participation_fee": 0}
PARTICIPANT_FIELDS: list[str] = []
SESSION_FIELDS: list[str] = []
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "CNY"
USE_POINTS = True
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = ""
DEMO_PAGE_INTRO_HTML = ""
SECRET_KEY = "only for measuring"
