#include "CLanes.h"

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define FOR_EVERY_PROCESSOR __attribute__((target_clones("avx2", "default")))
#else
#define FOR_EVERY_PROCESSOR
#endif

// Eight numbers, wherever they lie.
typedef double Lane __attribute__((vector_size(64), aligned(8), may_alias));

// Not functions: one that takes or gives lanes would have another calling convention with AVX2.
#define LANE(numbers, place) (*(Lane *)((double *)(numbers) + 8 * (place)))
#define READ(numbers, place) (*(const Lane *)((const double *)(numbers) + 8 * (place)))
// One after the other, as Swift adds a SIMD8 up.
#define SUM(lane)                                                                                 \
  (lane[0] + lane[1] + lane[2] + lane[3] + lane[4] + lane[5] + lane[6] + lane[7])

void clanes_ranges(CLanesHalf half, ptrdiff_t count, double share, const void *outer,
                   const void *inner, const double *scales, CLanesRange *ranges) {
  for (ptrdiff_t person = 0; person < half.persons; person++) {
    const double *outers = (const double *)outer + person * half.inner;
    const double *inners = (const double *)inner + person * half.inner;
    double largest = 0;
    for (ptrdiff_t o = 0; o < half.outer; o++) {
      double weight = half.is_pair ? outers[o] : 1;
      for (ptrdiff_t node = 0; node < count; node++) {
        double here = weight * inners[node] * scales[o * half.inner + node];
        largest = here > largest ? here : largest;
      }
    }
    double least = share * largest;
    for (ptrdiff_t o = 0; o < half.outer; o++) {
      double weight = half.is_pair ? outers[o] : 1;
      const double *scale = scales + o * half.inner;
      ptrdiff_t first = 0, end = count;
      while (first < end && !(weight * inners[first] * scale[first] > least)) first++;
      while (end > first && !(weight * inners[end - 1] * scale[end - 1] > least)) end--;
      ranges[person * half.outer + o] = (CLanesRange){first, end};
    }
  }
}

FOR_EVERY_PROCESSOR
void clanes_integrate(CLanesHalf half, ptrdiff_t terms, const void *factors, const void *outer,
                      const void *inner, const double *nodes, const CLanesRange *ranges,
                      ptrdiff_t stride, void *integrals) {
  for (ptrdiff_t term = 0; term < terms; term++) {
    for (ptrdiff_t person = 0; person < half.persons; person++) {
      const double *outers = (const double *)outer + person * half.inner;
      const double *inners = (const double *)inner + person * half.inner;
      const CLanesRange *own = ranges + person * half.outer;
      Lane plain = {0}, by_outer = {0}, by_inner = {0};
      for (ptrdiff_t o = 0; o < half.outer; o++) {
        Lane total = {0}, moment = {0};
        ptrdiff_t row = (term * half.outer + o) * half.inner;
        for (ptrdiff_t node = own[o].first; node < own[o].end; node++) {
          Lane part = READ(factors, row + node) * inners[node];
          total += part;
          moment += part * nodes[node];
        }
        double weight = half.is_pair ? outers[o] : 1;
        plain += total * weight;
        by_inner += moment * weight;
        if (half.is_pair) by_outer += total * (weight * nodes[o]);
      }
      ptrdiff_t place = person * terms + term;
      LANE(integrals, place) = plain;
      LANE(integrals, stride + place) = half.is_pair ? by_outer : by_inner;
      LANE(integrals, 2 * stride + place) = by_inner;
    }
  }
}

FOR_EVERY_PROCESSOR
double clanes_posteriors(CLanesHalf half, ptrdiff_t rank, const void *factors, const void *others,
                         const void *outer, const void *inner, const double *nodes,
                         const CLanesRange *ranges, const double *weights, void *outer_posteriors,
                         void *inner_posteriors) {
  ptrdiff_t lanes = half.inner / 8;
  double product = 0;
  for (ptrdiff_t o = 0; o < half.outer; o++) {
    for (ptrdiff_t person = 0; person < half.persons; person++) {
      CLanesRange range = ranges[person * half.outer + o];
      if (range.first >= range.end) continue;
      double weight = weights[person];
      if (half.is_pair) weight *= ((const double *)outer)[person * half.inner + o];
      const double *other = (const double *)others + person * rank;
      Lane mass = {0}, moment = {0};
      ptrdiff_t end = (range.end + 7) / 8;
      for (ptrdiff_t here = range.first / 8; here < end; here += 2) {
        // Two at once keep the adders busy.
        ptrdiff_t next = here + 1 < end ? 1 : 0;
        Lane one = {0}, two = {0};
        for (ptrdiff_t term = 0; term < rank; term++) {
          ptrdiff_t place = (o * rank + term) * lanes + here;
          one += READ(factors, place) * other[term];
          two += READ(factors, place + next) * other[term];
        }
        for (ptrdiff_t step = 0; step <= next; step++) {
          ptrdiff_t place = person * lanes + here + step;
          Lane own = (step ? two : one) * READ(inner, place) * weight;
          LANE(inner_posteriors, place) += own;
          mass += own;
          moment += own * READ(nodes, here + step);
        }
      }
      ((double *)outer_posteriors)[person * half.inner + o] = SUM(mass);
      if (half.is_pair) product += SUM(moment) * nodes[o];
    }
  }
  return product;
}
