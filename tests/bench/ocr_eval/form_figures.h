#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "domain/value.h"
#include "form_outcomes.h"

namespace softbot::eval {

/// What came of scanned forms, beside what comes of the truth. A plain value.
struct FormFigures {
  std::size_t grantable = 0;           ///< signed, and granted on the truth
  std::size_t with_words = 0;          ///< of these, with somebody's own words, which a person looks at first
  std::size_t granted = 0;             ///< of the grantable, on the scan
  std::size_t granted_with_words = 0;  ///< of these, although somebody's own words stand on the form
  std::size_t all_grants = 0;          ///< on the scans
  std::size_t wrong_grants = 0;
  std::size_t asks = 0;       ///< grantable, and something is asked
  std::size_t referrals = 0;  ///< grantable, and a person has to do more than look at free text
  std::size_t lost = 0;       ///< grantable, and no case came of it
  std::size_t looks = 0;      ///< cases with ink in somebody's own words that a person has to look at
  std::size_t cases = 0;      ///< on the scans
  std::size_t certain = 0;    ///< fields read with certainty, or surely empty
  std::size_t wrong_certain = 0;
  std::size_t pages = 0;
  double seconds = 0;
  std::map<std::string, std::size_t> results;  ///< "granted -> referred"
  std::map<std::string, std::size_t> states;   ///< of fields
  std::map<std::string, std::size_t> why;      ///< what kept grantable ones from a grant
  std::vector<std::string> not_granted;        ///< a line per grantable one that was not granted
  std::vector<std::string> wrong;              ///< a line per wrong grant and per wrong certain field
};

/// With what these files of truth.json came to: figures add up over the parts of a folder. Pure.
[[nodiscard]] FormFigures with(FormFigures figures, const std::vector<Value>& files, const Outcomes& by_truth,
                               const RunOnScans& by_scan);

/// The figures, as --help says. Pure.
[[nodiscard]] std::string told(const FormFigures& figures);
/// What stands behind them: results, states, what kept from a grant, and each case. Pure.
[[nodiscard]] std::string told_in_detail(const FormFigures& figures);

}  // namespace softbot::eval
