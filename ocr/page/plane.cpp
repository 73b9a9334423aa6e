#include "ocr/page/plane.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "ocr/page/least_squares.h"

namespace softbot::ocr {
namespace {

/// Brings points around the origin and to about one, so that the equations are well conditioned.
Projection normalising(const std::vector<Anchor>& anchors, Point Anchor::*side) {
  Point middle;
  for (const Anchor& anchor : anchors) {
    middle.x += (anchor.*side).x;
    middle.y += (anchor.*side).y;
  }
  const auto count = static_cast<double>(anchors.size());
  middle = {middle.x / count, middle.y / count};
  double spread = 0;
  for (const Anchor& anchor : anchors) spread += distance(anchor.*side, middle) / count;
  const double scale = spread > 0 ? 1 / spread : 1;
  return {{scale, 0, -scale * middle.x, 0, scale, -scale * middle.y, 0, 0, 1}};
}

template <class Fit>
std::optional<Projection> fit_normalised(const std::vector<Anchor>& anchors, std::size_t least, Fit fit) {
  if (anchors.size() < least) return std::nullopt;
  const Projection paper = normalising(anchors, &Anchor::paper);
  const Projection picture = normalising(anchors, &Anchor::picture);
  std::vector<Anchor> moved = anchors;
  for (Anchor& anchor : moved) {
    anchor.paper = paper(anchor.paper);
    anchor.picture = picture(anchor.picture);
  }
  const std::optional<Projection> found = fit(moved);
  const std::optional<Projection> back = inverse(picture);
  if (!found || !back) return std::nullopt;
  Projection map = compose(*back, compose(*found, paper));
  if (!(std::abs(map.m[8]) > 1e-12)) return std::nullopt;
  const double unit = map.m[8];
  for (double& entry : map.m) entry /= unit;
  if (!inverse(map)) return std::nullopt;
  return map;
}

}  // namespace

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

Point Projection::operator()(Point point) const {
  const double depth = m[6] * point.x + m[7] * point.y + m[8];
  return {(m[0] * point.x + m[1] * point.y + m[2]) / depth, (m[3] * point.x + m[4] * point.y + m[5]) / depth};
}

Projection scaling(double factor) {
  return {{factor, 0, 0, 0, factor, 0, 0, 0, 1}};
}

Projection compose(const Projection& then, const Projection& first) {
  Projection result;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      double sum = 0;
      for (std::size_t i = 0; i < 3; ++i) sum += then.m[row * 3 + i] * first.m[i * 3 + column];
      result.m[row * 3 + column] = sum;
    }
  }
  return result;
}

std::optional<Projection> inverse(const Projection& map) {
  const auto& m = map.m;
  const double a = m[4] * m[8] - m[5] * m[7];
  const double b = m[5] * m[6] - m[3] * m[8];
  const double c = m[3] * m[7] - m[4] * m[6];
  const double determinant = m[0] * a + m[1] * b + m[2] * c;
  if (!std::isfinite(determinant) || std::abs(determinant) < 1e-12) return std::nullopt;
  Projection result{{a, m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4], b, m[0] * m[8] - m[2] * m[6],
                     m[2] * m[3] - m[0] * m[5], c, m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]}};
  for (double& entry : result.m) entry /= determinant;
  return result;
}

std::optional<Projection> fit_similarity(const std::vector<Anchor>& anchors) {
  return fit_normalised(anchors, 2, [](const std::vector<Anchor>& moved) -> std::optional<Projection> {
    LeastSquares<4> equations;  // x' = a x - b y + c, y' = b x + a y + d
    for (const Anchor& one : moved) {
      equations.add({one.paper.x, -one.paper.y, 1, 0}, one.picture.x, one.weight);
      equations.add({one.paper.y, one.paper.x, 0, 1}, one.picture.y, one.weight);
    }
    const auto u = equations.solve();
    if (!u) return std::nullopt;
    return Projection{{(*u)[0], -(*u)[1], (*u)[2], (*u)[1], (*u)[0], (*u)[3], 0, 0, 1}};
  });
}

std::optional<Projection> fit_affine(const std::vector<Anchor>& anchors) {
  return fit_normalised(anchors, 3, [](const std::vector<Anchor>& moved) -> std::optional<Projection> {
    LeastSquares<3> across;
    LeastSquares<3> down;
    for (const Anchor& one : moved) {
      across.add({one.paper.x, one.paper.y, 1}, one.picture.x, one.weight);
      down.add({one.paper.x, one.paper.y, 1}, one.picture.y, one.weight);
    }
    const auto u = across.solve();
    const auto v = down.solve();
    if (!u || !v) return std::nullopt;
    return Projection{{(*u)[0], (*u)[1], (*u)[2], (*v)[0], (*v)[1], (*v)[2], 0, 0, 1}};
  });
}

std::optional<Projection> fit_projective(const std::vector<Anchor>& anchors) {
  return fit_normalised(anchors, 4, [](const std::vector<Anchor>& moved) -> std::optional<Projection> {
    LeastSquares<8> equations;
    for (const Anchor& one : moved) {
      const auto [x, y] = one.paper;
      const auto [u, v] = one.picture;
      equations.add({x, y, 1, 0, 0, 0, -u * x, -u * y}, u, one.weight);
      equations.add({0, 0, 0, x, y, 1, -v * x, -v * y}, v, one.weight);
    }
    const auto h = equations.solve();
    if (!h) return std::nullopt;
    return Projection{{(*h)[0], (*h)[1], (*h)[2], (*h)[3], (*h)[4], (*h)[5], (*h)[6], (*h)[7], 1}};
  });
}

std::optional<Projection> fit_affine(const std::vector<LinePlace>& lines) {
  constexpr double unit = 100;  // mm: keeps the equations well conditioned
  LeastSquares<3> across;
  LeastSquares<3> down;
  for (const LinePlace& line : lines) {
    (line.upright ? across : down).add({line.from.x / unit, line.from.y / unit, 1}, line.to, line.weight);
  }
  const auto u = across.solve();
  const auto v = down.solve();
  if (!u || !v) return std::nullopt;
  const Projection map{
      {(*u)[0] / unit, (*u)[1] / unit, (*u)[2], (*v)[0] / unit, (*v)[1] / unit, (*v)[2], 0, 0, 1}};
  return inverse(map) ? std::optional(map) : std::nullopt;
}

}  // namespace softbot::ocr
