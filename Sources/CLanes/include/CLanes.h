#pragma once
#include <stdbool.h>
#include <stddef.h>

// Sums over a grid of several abilities: the innermost loops of their calibration.
//
// A lane is eight numbers beside each other, Swift's SIMD8<Double>. The functions that sum lanes are
// compiled twice, for processors with AVX2 and for all, and the loader takes what fits. Both multiply
// and add in the same order and round after every step (no fused operation), so that what they find is
// the same to the last bit.

// Nodes first..<end.
typedef struct {
  ptrdiff_t first, end;
} CLanesRange;

// Half of the abilities, and what some persons' answers say of them.
typedef struct {
  ptrdiff_t persons;
  // Nodes of the outer ability, 1 where there is none, and of the inner one, a multiple of eight.
  ptrdiff_t outer, inner;
  // Whether there is an outer ability.
  bool is_pair;
} CLanesHalf;

// For each person and outer node finds the inner nodes, of the first `count`, from the first to the
// last at which likelihood times scale is more than a share of the person's largest.
//
// outer, inner: likelihoods, a row of inner nodes a person; scales: outer · inner nodes.
// ranges: persons · outer nodes.
void clanes_ranges(CLanesHalf half, ptrdiff_t count, double share, const void *outer,
                   const void *inner, const double *scales, CLanesRange *ranges);

// Integrates the persons' likelihoods with every term of the prior.
//
// factors: terms · outer nodes · inner nodes lanes, where a term is eight of the prior's.
// nodes: the abilities at the nodes.
// integrals: three tables of `stride` lanes, persons · terms of which are written: the integral, that
// times the outer ability, that times the inner one. Without an outer ability the second is the third.
void clanes_integrate(CLanesHalf half, ptrdiff_t terms, const void *factors, const void *outer,
                      const void *inner, const double *nodes, const CLanesRange *ranges,
                      ptrdiff_t stride, void *integrals);

// Adds the persons' posteriors of both abilities, and returns the sum of their products.
//
// factors: outer nodes · rank · inner nodes.
// others: the other half's integrals, persons · rank.
// weights: what each person's posterior is multiplied by.
// outer_posteriors, inner_posteriors: persons · inner nodes; zeros at first.
double clanes_posteriors(CLanesHalf half, ptrdiff_t rank, const void *factors, const void *others,
                         const void *outer, const void *inner, const double *nodes,
                         const CLanesRange *ranges, const double *weights, void *outer_posteriors,
                         void *inner_posteriors);
