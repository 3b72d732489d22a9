"""The same questions that our pages ask, as oTree pages: four radio groups on each."""

import json
import os
from pathlib import Path

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

QUESTIONS = json.loads(Path(os.environ["PEER_QUESTIONS"]).read_text())


class C(BaseConstants):
    NAME_IN_URL = "questions"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


def _question(place: int):
    question = QUESTIONS[place]
    return models.IntegerField(
        label=question["prompt"], choices=list(enumerate(question["choices"])),
        widget=widgets.RadioSelect,
    )


class Player(BasePlayer):
    q1 = _question(0)
    q2 = _question(1)
    q3 = _question(2)
    q4 = _question(3)
    q5 = _question(4)
    q6 = _question(5)
    q7 = _question(6)
    q8 = _question(7)


class First(Page):
    form_model = "player"
    form_fields = ["q1", "q2", "q3", "q4"]


class Second(Page):
    form_model = "player"
    form_fields = ["q5", "q6", "q7", "q8"]


page_sequence = [First, Second]
