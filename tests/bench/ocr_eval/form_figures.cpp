#include "form_figures.h"

#include <array>
#include <cstdio>
#include <utility>

#include "bound.h"
#include "form_comparison.h"

namespace softbot::eval {
namespace {

constexpr const char* look_at_free_text = "look-at-crop";

using Key = Outcomes::key_type;

std::string called(const Key& key) {
  return "set " + key.first + ", " + key.second;
}

/// By set number, what each form of the files says of itself.
std::map<std::string, Value> forms_by_set(const std::vector<Value>& files) {
  std::map<std::string, Value> forms;
  for (const Value& file : files) {
    for (const Value& form : file["forms"].items()) forms[form["set"].text_or_empty()] = form;
  }
  return forms;
}

void add_not_granted(FormFigures& figures, const Key& key, const Outcome& read) {
  const bool only_looks = read.reasons == std::vector<std::string>{std::string("task ") + look_at_free_text};
  if (read.result == "nothing") {
    ++figures.lost;
  } else if (read.result == "asked") {
    ++figures.asks;
  } else if (!only_looks) {
    ++figures.referrals;
  }
  std::string line = "not granted: " + called(key) + ": " + read.result + ":";
  for (const std::string& reason : read.reasons) {
    line += " " + reason + ";";
    ++figures.why[reason];
  }
  figures.not_granted.push_back(std::move(line));
}

void add_case(FormFigures& figures, const Key& key, const Outcome& told, const Outcome& read,
              const Value& form) {
  // The truth goes in as if its sender had signed in, so forms that nobody signed are looked at apart.
  const Value& meant = form["fields"];
  const bool is_signed = meant["signature"].as_bool().value_or(false);
  ++figures.results[(is_signed ? "" : "not signed, ") + told.result + " -> " + read.result];
  for (const Value::Member& member : read.view["readings"].members())
    ++figures.states[member.value["state"].text_or_empty()];
  const CertainFields certain = certain_fields(meant, told.view, read.view);
  figures.certain += certain.count;
  figures.wrong_certain += certain.wrong.size();
  for (const std::string& name : certain.wrong)
    figures.wrong.push_back("wrong certain field: " + called(key) + ": " + name);
  if (is_grant(told) && is_signed) {
    ++figures.grantable;
    const bool has_words = has_own_words(told.view, read.view);
    if (has_words) ++figures.with_words;
    if (is_grant(read)) ++figures.granted;
    if (is_grant(read) && has_words) ++figures.granted_with_words;
    if (!is_grant(read)) add_not_granted(figures, key, read);
  }
  const std::string why = is_grant(read) ? wrong_about(told, read, is_signed) : "";
  if (why.empty()) return;
  ++figures.wrong_grants;
  figures.wrong.push_back("wrong grant: " + called(key) + ": " + why);
}

void add_counts(const char* title, const std::map<std::string, std::size_t>& counts, std::string& text) {
  text += std::string(title) + ":\n";
  for (const auto& [name, count] : counts) {
    std::array<char, 160> line{};
    std::snprintf(line.data(), line.size(), "  %-48s %5zu\n", name.c_str(), count);
    text += line.data();
  }
}

double share(double part, double whole) {
  return whole == 0 ? 0 : part / whole;
}

double share(std::size_t part, std::size_t whole) {
  return share(static_cast<double>(part), static_cast<double>(whole));
}

}  // namespace

FormFigures with(FormFigures figures, const std::vector<Value>& files, const Outcomes& by_truth,
                 const RunOnScans& by_scan) {
  const auto forms = forms_by_set(files);
  for (const Value& file : files)
    figures.pages += static_cast<std::size_t>(file["pages"].as_integer().value_or(0));
  figures.seconds += by_scan.seconds;
  for (const auto& [key, told] : by_truth) {
    const auto found = by_scan.outcomes.find(key);
    add_case(figures, key, told, found == by_scan.outcomes.end() ? Outcome{} : found->second,
             forms.at(key.first));
  }
  for (const auto& [key, read] : by_scan.outcomes) {
    ++figures.cases;
    if (read.tasks.contains(look_at_free_text)) ++figures.looks;
    if (!is_grant(read)) continue;
    ++figures.all_grants;
    if (by_truth.contains(key)) continue;
    ++figures.wrong_grants;
    figures.wrong.push_back("wrong grant: " + called(key) + ": no form says so");
  }
  return figures;
}

std::string told(const FormFigures& figures) {
  const std::size_t without_words = figures.grantable - figures.with_words;
  const std::size_t granted_without_words = figures.granted - figures.granted_with_words;
  std::array<char, 1024> text{};
  std::snprintf(text.data(), text.size(),
                "granted %zu of %zu grantable on the truth (%.1f%%)\n"
                "granted %zu of %zu grantable without a look at free text (%.1f%%)\n"
                "wrong grants %zu of %zu upper95 %.6f\n"
                "unneeded asks %zu\nunneeded referrals %zu\nnot placed %zu\n"
                "wrong certain fields %zu of %zu\n"
                "looks at free text %zu of %zu\n"
                "time per page %.3f s\n",
                figures.granted, figures.grantable, 100 * share(figures.granted, figures.grantable),
                granted_without_words, without_words, 100 * share(granted_without_words, without_words),
                figures.wrong_grants, figures.all_grants, upper95(figures.wrong_grants, figures.all_grants),
                figures.asks, figures.referrals, figures.lost, figures.wrong_certain, figures.certain,
                figures.looks, figures.cases, share(figures.seconds, static_cast<double>(figures.pages)));
  return text.data();
}

std::string told_in_detail(const FormFigures& figures) {
  std::string text;
  add_counts("on the truth -> on the scan", figures.results, text);
  add_counts("fields", figures.states, text);
  add_counts("what kept grantable ones from a grant", figures.why, text);
  for (const std::string& line : figures.not_granted) text += line + "\n";
  return text;
}

}  // namespace softbot::eval
