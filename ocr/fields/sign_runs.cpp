#include "ocr/fields/sign_runs.h"

#include "ocr/fields/sign_search.h"

namespace softbot::ocr {
namespace {

enum Kind : std::size_t { none, digit, capital };

constexpr double of_the_same_kind = 0.95;

Kind kind_of(char sign) {
  if (sign >= '0' && sign <= '9') return digit;
  return sign >= 'A' && sign <= 'Z' ? capital : none;
}

/// Of the last sign that was written, whatever boxes were left empty behind it.
Kind last_kind(std::string_view signs) {
  const std::size_t last = signs.find_last_not_of(' ');
  return last == std::string_view::npos ? none : kind_of(signs[last]);
}

Kind kind_after(Kind before, char sign) {
  return sign == ' ' ? before : kind_of(sign);
}

/// Beside 1 for a sign that could be of either kind.
double weight_between(Kind before, char sign) {
  const Kind kind = kind_of(sign);
  if (before == none || kind == none) return 1;
  return 2 * (before == kind ? of_the_same_kind : 1 - of_the_same_kind);
}

}  // namespace

SignRuns::SignRuns(const std::vector<BoxChoices>& boxes, bool come_in_runs)
    : come_in_runs_(come_in_runs), rest_(boxes.size() + 1, {1, 1, 1}) {
  double by_themselves = 1;
  for (std::size_t i = boxes.size(); i-- > 0;) {
    double signs_here = 0;
    for (const SignChoice& choice : boxes[i].choices) signs_here += choice.chance;
    by_themselves *= signs_here;
    for (const Kind before : {none, digit, capital}) {
      double sum = 0;
      for (const SignChoice& choice : boxes[i].choices) {
        const double follows = come_in_runs ? weight_between(before, choice.sign) : 1;
        sum += choice.chance * follows * rest_[i + 1][kind_after(before, choice.sign)];
      }
      rest_[i][before] = sum;
    }
  }
  if (come_in_runs && rest_.front()[none] > 0) scale_ = by_themselves / rest_.front()[none];
}

double SignRuns::weight(std::string_view before, char sign) const {
  return come_in_runs_ ? weight_between(last_kind(before), sign) : 1;
}

double SignRuns::rest_behind(std::size_t box, std::string_view before, char sign) const {
  return rest_[box + 1][kind_after(last_kind(before), sign)];
}

}  // namespace softbot::ocr
