"""Marginal maximum likelihood in numpy, written to be right: the judge of everyone's estimates.

The likelihood is summed over 121 equally spaced nodes on [-6, 6] with normal weights, in
logarithms. The search is L-BFGS of scipy on the analytic gradient.
"""

import numpy as np
from scipy.optimize import minimize


def quadrature(nodes=121, limit=6.0):
    places = np.linspace(-limit, limit, nodes)
    weights = np.exp(-0.5 * places**2)
    return places, np.log(weights / weights.sum())


def category_logs(slopes, intercepts, places):
    """log P(category | node): items x nodes x categories; GPCM, of which the 2PL is a case."""
    steps = slopes[:, None, None] * places[None, :, None] + intercepts[:, None, :]
    exponents = np.concatenate([np.zeros(steps.shape[:2] + (1,)), np.cumsum(steps, axis=2)], axis=2)
    exponents -= exponents.max(axis=2, keepdims=True)
    return exponents - np.log(np.exp(exponents).sum(axis=2, keepdims=True))


def posterior(answers, slopes, intercepts, nodes=121, limit=6.0):
    places, log_prior = quadrature(nodes, limit)
    logs = category_logs(slopes, intercepts, places)
    joint = np.repeat(log_prior[None, :], len(answers), axis=0)
    for category in range(logs.shape[2]):
        joint += (answers == category).astype(float) @ logs[:, :, category]
    largest = joint.max(axis=1, keepdims=True)
    density = np.exp(joint - largest)
    total = density.sum(axis=1, keepdims=True)
    return (largest + np.log(total)).sum(), density / total, logs, places


def log_likelihood(answers, slopes, intercepts, block=10000):
    """The accurate log-likelihood of somebody's estimates."""
    return sum(
        posterior(answers[start : start + block], slopes, intercepts)[0]
        for start in range(0, len(answers), block)
    )


def fit(answers, categories, nodes=61):
    """Slopes and intercepts (items x steps) at the maximum."""
    items, steps = answers.shape[1], categories - 1

    def objective(vector):
        slopes, intercepts = vector[:items], vector[items:].reshape(items, steps)
        value, weights, logs, places = posterior(answers, slopes, intercepts, nodes)
        counts = np.stack(
            [(answers == category).astype(float).T @ weights for category in range(categories)],
            axis=2,
        )
        surplus = counts - counts.sum(axis=2, keepdims=True) * np.exp(logs)
        scores = np.arange(categories)
        slope_gradient = (surplus @ scores * places[None, :]).sum(axis=1)
        reached = np.cumsum(surplus[:, :, ::-1], axis=2)[:, :, ::-1][:, :, 1:]
        return -value, -np.concatenate([slope_gradient, reached.sum(axis=1).ravel()])

    start = np.concatenate([np.ones(items), np.zeros(items * steps)])
    found = minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 500, "maxfun": 2000, "ftol": 1e-14, "gtol": 1e-5, "maxcor": 30},
    )
    return found.x[:items], found.x[items:].reshape(items, steps)
