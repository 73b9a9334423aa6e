#pragma once

#include <optional>
#include <string>
#include <vector>

#include "forms/config_reader.h"

namespace softbot {

/// A title with an address of it.
struct TitledLink {
  std::string title;
  std::string link;  ///< https; "" when there is none
  bool operator==(const TitledLink&) const = default;
};

/// What only the municipality knows of its entry in the Algoritmeregister: the member "algorithmRegister" of
/// config/municipalities/<id>.json.
struct AlgorithmRegister {
  std::string publication_category;     ///< one of publication_categories()
  std::string contact;                  ///< an e-mail address or https page for questions
  std::string in_use_since;             ///< "2026-11"; "" when not said
  std::string considerations;           ///< why the municipality finds it justified ("Afwegingen"); Dutch
  std::string provider;                 ///< who supplies it
  std::string source_code;              ///< https
  std::string processing_register;      ///< https: the public register of processing
  std::vector<TitledLink> local_rules;  ///< by-laws beside the act
  std::vector<TitledLink> impact_assessments;  ///< DPIA, IAMA
  std::string impact_note;                     ///< why an assessment was not done
  bool operator==(const AlgorithmRegister&) const = default;
};

/// The three values of the publication standard.
[[nodiscard]] const std::vector<std::string>& publication_categories();

/// Reads the member; nothing when the file has none.
[[nodiscard]] std::optional<AlgorithmRegister> read_algorithm_register(ConfigReader& reader,
                                                                       const Value& file);

}  // namespace softbot
