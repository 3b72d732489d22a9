"""Times calibrations beside the peers and prints the table of Benchmarks/README.md.

Process CPU seconds, median of three, one thread; every program's estimates are judged by the same
accurate log-likelihood (121 nodes), not by its own.
"""

import json
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import reference

warnings.filterwarnings("ignore")
binary, folder = sys.argv[1], Path(sys.argv[2])
is_scale = "--scale" in sys.argv


def answers_to(slope, locations, abilities, generator):
    """Answers to one item with partial credit."""
    persons = len(abilities)
    steps = slope * (abilities[:, None] - locations)
    exponents = np.concatenate([np.zeros((persons, 1)), np.cumsum(steps, axis=1)], axis=1)
    weights = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    shares = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    return np.minimum((generator.random((persons, 1)) > shares).sum(axis=1), len(locations))


def answers_of(persons, items, categories, seed):
    """Answers of a standard normal population to items of ordinary slopes and locations."""
    generator = np.random.default_rng(seed)
    slopes = generator.lognormal(0, 0.3, items)
    locations = np.sort(generator.normal(0, 1, (items, categories - 1)), axis=1)
    abilities = generator.standard_normal(persons)
    answers = np.empty((persons, items), dtype=np.uint8)
    for item in range(items):
        answers[:, item] = answers_to(slopes[item], locations[item], abilities, generator)
    return answers


def written(answers):
    """The file of the answers."""
    persons, items = answers.shape
    path = folder / f"answers-{persons}-{items}-{answers.max() + 1}.csv"
    text = np.full((persons, 2 * items), ord(","), dtype=np.uint8)
    text[:, 0::2] = answers + ord("0")
    text[:, -1] = ord("\n")
    header = ",".join(f"i{item + 1}" for item in range(items)) + "\n"
    path.write_bytes(header.encode() + text.tobytes())
    return path


# A process of its own, because a child is charged with the memory of whoever started it.
MEASURE = """
import json, resource, subprocess, sys
answer = json.loads(subprocess.run(sys.argv[1:], check=True, capture_output=True).stdout)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
answer |= {"cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}
print(json.dumps(answer))
"""


def ours(path, model, *options):
    """Runs the command; its CPU time is that of the whole process, reading included."""
    command = [binary, "calibrate", path, "--model", model, *map(str, options)]
    measure = [sys.executable, "-c", MEASURE, *command]
    return json.loads(subprocess.run(measure, check=True, capture_output=True).stdout)


def timed(work, times=3):
    found, costs = None, []
    for _ in range(times):
        start = time.process_time()
        found = work()
        costs.append(time.process_time() - start)
    return float(np.median(costs)), found


def row(work, program, seconds, likelihood):
    print(f"| {work} | {program} | {seconds:.2f} | {likelihood:.3f} |", flush=True)


def our_row(work, answers, path, model, *options):
    runs = [ours(path, model, "--threads", 1, *options) for _ in range(3)]
    run = sorted(runs, key=lambda run: run["cpu"])[1]
    slopes = np.array([item["slope"] for item in run["items"]])
    intercepts = np.array([item["intercepts"] for item in run["items"]])
    name = "bianque" + "".join(f" {option}" for option in options)
    row(work, name, run["cpu"], reference.log_likelihood(answers, slopes, intercepts))


def mirt_row(work, answers, model, **options):
    import mirt

    def fit():
        return mirt.fit_mirt(
            answers.astype(int), model=model, n_quadpts=61, tol=1e-4, max_iter=2000, **options
        )

    seconds, result = timed(fit)
    parameters = result.model.parameters
    slopes = np.asarray(parameters["discrimination"]).reshape(len(answers[0]))
    if model == "2PL":
        intercepts = -(slopes * np.asarray(parameters["difficulty"]))[:, None]
    else:
        intercepts = -slopes[:, None] * np.asarray(parameters["steps"])
    name = "mirt (PyPI)" + (" + SQUAREM" if options.get("accelerate") == "squarem" else "")
    name += " --se" if options["compute_standard_errors"] else ""
    row(work, name, seconds, reference.log_likelihood(answers, slopes, intercepts))


def girth_row(work, answers, times):
    import girth

    seconds, result = timed(lambda: girth.twopl_mml(answers.T.astype(int)), times)
    slopes = np.asarray(result["Discrimination"])
    intercepts = -(slopes * np.asarray(result["Difficulty"]))[:, None]
    row(work, "girth", seconds, reference.log_likelihood(answers, slopes, intercepts))


def numpy_row(work, answers, categories, times):
    seconds, (slopes, intercepts) = timed(lambda: reference.fit(answers, categories), times)
    row(work, "numpy + L-BFGS", seconds, reference.log_likelihood(answers, slopes, intercepts))


def compare(persons, items, categories, times):
    answers = answers_of(persons, items, categories, seed=persons + items)
    path = written(answers)
    model = "2PL" if categories == 2 else "GPCM"
    work = f"{model} {persons:,} × {items}"
    our_row(work, answers, path, model.lower())
    our_row(work, answers, path, model.lower(), "--se")
    for accelerate in ["squarem", "none"]:
        mirt_row(
            work, answers, model, accelerate=accelerate, compute_standard_errors=False
        )
    if persons <= 5000:
        mirt_row(work, answers, model, accelerate="squarem", compute_standard_errors=True)
    if categories == 2 and persons <= 5000:
        girth_row(work, answers, 1)
    numpy_row(work, answers, categories, times)


def cost_curve():
    print("\n| what grows | work | CPU s | ratio |\n|---|---|---|---|")
    base = None
    for name, persons, items, nodes in [
        ("–", 5000, 60, 61),
        ("persons × 10", 50000, 60, 61),
        ("items × 2", 5000, 120, 61),
        ("nodes × 2", 5000, 60, 121),
    ]:
        path = written(answers_of(persons, items, 2, seed=3))
        runs = [ours(path, "2pl", "--threads", 1, "--nodes", nodes) for _ in range(3)]
        seconds = float(np.median([run["cpu"] for run in runs]))
        base = base or seconds
        print(
            f"| {name} | 2PL {persons:,} × {items}, {nodes} nodes | {seconds:.3f} "
            f"| {seconds / base:.1f} |",
            flush=True,
        )


def threads():
    """One thread, two, and two programs of one thread at once: what the machine's cores share."""
    path = written(answers_of(50000, 60, 2, seed=3))

    def best(count):
        return min(ours(path, "2pl", "--threads", count)["seconds"]["estimation"] for _ in range(5))

    one, two = best(1), best(2)
    with ThreadPoolExecutor(2) as pool:
        beside = sum(pool.map(best, (1, 1))) / 2
    print(f"\n2PL 50,000 × 60, wall: {one:.2f} s on one thread, {two:.2f} s on two "
          f"({one / two:.2f} times as fast); two programs of one thread at once {beside:.2f} s each "
          f"({2 * one / beside:.2f} times as much done)")


def several_abilities():
    """Four abilities that correlate at .6, ten items each, of two and of four categories."""
    persons, items, dimensions = 2000, 40, 4
    generator = np.random.default_rng(4)
    correlation = np.full((dimensions, dimensions), 0.6) + 0.4 * np.eye(dimensions)
    abilities = generator.multivariate_normal(np.zeros(dimensions), correlation, persons)
    answers = np.empty((persons, items), dtype=np.uint8)
    for item in range(items):
        slope = generator.lognormal(0, 0.3)
        locations = np.sort(generator.normal(0, 1, 1 + item % 2 * 2))
        own = abilities[:, item * dimensions // items]
        answers[:, item] = answers_to(slope, locations, own, generator)
    path = written(answers)
    structure = path.with_suffix(".json")
    structure.write_text(
        json.dumps({f"i{item + 1}": f"d{item * dimensions // items}" for item in range(items)})
    )
    runs = [
        ours(path, "gpcm", "--threads", count, "--structure", structure, "--nodes", 31)
        for count in (1, 2)
    ]
    print(
        f"\n4 abilities, {persons:,} × {items}, 31 nodes each: {runs[0]['cpu']:.1f} s CPU on one thread, "
        f"log-likelihood {runs[0]['logLikelihood']:.3f}; wall {runs[0]['seconds']['estimation']:.1f} s, "
        f"on two threads {runs[1]['seconds']['estimation']:.1f} s"
    )


def scale():
    path = written(answers_of(1_000_000, 60, 2, seed=4))
    run = ours(path, "2pl", "--threads", 1)
    print(
        f"\n2PL 1,000,000 × 60: {run['cpu']:.1f} s CPU, {run['memory']:.0f} MB at most, "
        f"converged {run['converged']}"
    )


print("| work | program | CPU s | accurate log-likelihood |\n|---|---|---|---|", flush=True)
compare(5000, 60, 2, 3)
compare(5000, 60, 4, 1)
compare(50000, 60, 2, 1)
cost_curve()
threads()
several_abilities()
if is_scale:
    scale()
