#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/tables.h"
#include "domain/date.h"
#include "domain/result.h"
#include "policy/content_address.h"
#include "policy/parameters.h"

/// A policy in plain Dutch, out of what it is made of: the sentences of its tables and the labels and values
/// of its parameters. Another table or another value gives another text.
namespace softbot {

/// A value that administrators tune, as people read it.
struct ParameterWords {
  std::string name;
  std::string label;        ///< "Leeftijd waarop de bot hulp mag toekennen"
  std::string value;        ///< "65 jaar", "€ 19,00", "schoonmaken, bedden"; "niet ingesteld"
  std::string explanation;  ///< what it does and where the value comes from
};

struct ReasonWords {
  std::string code;
  std::string sentence;
};

/// One condition: all must be met for a grant by the bot.
struct ConditionWords {
  std::string name;                  ///< "Leeftijd"
  std::string sentence;              ///< when it is met
  std::vector<std::string> met;      ///< the ways in which it can be met, when there are several
  std::vector<ReasonWords> refers;   ///< what sends the application to a person
  std::vector<ParameterWords> uses;  ///< the values that it rests on
};

/// A step in what is granted, such as the minutes for rooms.
struct StepWords {
  std::string sentence;
  std::vector<std::string> lines;  ///< what its rules say
  std::vector<ParameterWords> uses;
};

/// What the policy says of one type of application.
struct TypeWords {
  std::string type;
  std::string title;  ///< the model's name: "Hulp bij het huishouden"
  std::string description;
  std::vector<std::string> inputs;  ///< names of the facts that it looks at: answers, "register", ...
  std::vector<ConditionWords> conditions;
  std::vector<StepWords> steps;
};

/// The words of an answer that a parameter names ("heavy-cleaning") in a type's form; the answer itself when
/// it is none of it.
using OptionWords = std::function<std::string(std::string_view type, std::string_view option)>;

/// Immutable; any number of threads may ask.
class PolicyWords {
 public:
  /// Fails with `configuration` like PolicySet::load, for files that cannot be read.
  [[nodiscard]] static Result<PolicyWords> from(const ConfigurationFiles& files);

  /// The policy as it is for this municipality on this day, by type.
  [[nodiscard]] std::vector<TypeWords> explain(std::string_view municipality, Date day,
                                               const OptionWords& options) const;

  /// The sentences of the rules that give this code, " / " between them; "" when the type has none.
  [[nodiscard]] std::string reason(std::string_view type, std::string_view code) const;

 private:
  struct Written {
    std::string type;
    dmn::WrittenModel model;
  };
  std::vector<Written> models_;
  std::vector<PolicyParameter> parameters_;
};

/// The same as text for a terminal or a file.
[[nodiscard]] std::string policy_text(const std::vector<TypeWords>& types);

}  // namespace softbot
