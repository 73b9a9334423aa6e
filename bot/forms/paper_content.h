#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "forms/definition.h"

namespace softbot {

/// One question as the printed form asks it. Points into its definition.
struct PaperQuestion {
  const Field* field = nullptr;
  int number = 0;                  ///< counted through the whole form; 0 inside a row of a list
  bool required = false;           ///< on paper, whenever it applies
  bool optional = false;           ///< surely not required, and said so
  std::string when;                ///< "Alleen invullen als u bij vraag 8 ‘Ja’ hebt aangekruist.", or ""
  std::vector<PaperQuestion> row;  ///< of a list: what each row asks
};

struct PaperSection {
  std::string title;
  std::string intro;
  std::string when;            ///< under the title: when the section as a whole is to be filled in, or ""
  bool keep_together = false;  ///< the section with the signature stands on one page
  std::vector<PaperQuestion> questions;
};

/// What one definition asks, or the end of the common part.
struct PaperPart {
  const FormDefinition* definition = nullptr;
  std::vector<PaperSection> sections;
};

/// Something to send along.
struct PaperEnclosure {
  std::string label;
  std::string help;
  std::string when;  ///< "als u bij vraag 8 ‘Ja’ hebt aangekruist", or "": always
};

/// What a printed form asks: the common part, each type, the end of the common part.
struct PaperContent {
  std::vector<PaperPart> parts;
  std::vector<PaperEnclosure> enclosures;
};

/// Decides what can be decided when printing (the channel, the types that are asked for) and puts every other
/// condition into words. The result points into the definitions.
[[nodiscard]] PaperContent paper_content(const FormDefinition& common,
                                         const std::vector<const FormDefinition*>& definitions,
                                         std::string_view language);

}  // namespace softbot
