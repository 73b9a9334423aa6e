#include "web/learning_view.h"

#include "domain/date.h"

namespace softbot::web {
namespace {

/// "Er zijn er nu 12. De oudste vervallen na 3 december 2026, de nieuwste na 18 december 2026."
std::string count_words(const pipeline::KeptCorrections& kept) {
  if (kept.count == 0) return "Er is nu niets bewaard.";
  if (!kept.learning) return "Wat er nog is, wordt vandaag vernietigd.";
  const std::string count = kept.count == 1 ? std::string("Er is er nu 1 bewaard.")
                                            : "Er zijn er nu " + std::to_string(kept.count) + " bewaard.";
  if (!kept.first_ends || !kept.last_ends) return count;
  if (*kept.first_ends == *kept.last_ends)
    return count + " Bewaard tot en met " + format_dutch(*kept.first_ends) + ".";
  return count + " De oudste worden bewaard tot en met " + format_dutch(*kept.first_ends) +
         ", de nieuwste tot en met " + format_dutch(*kept.last_ends) + ".";
}

}  // namespace

void add_learning(Value& context, const Visit& visit, const Management& all) {
  Value rows = Value::list();
  for (const pipeline::KeptCorrections& kept : all.corrections) {
    const auto municipality = visit.configuration().municipalities->find(kept.municipality);
    const bool on = kept.learning.has_value();
    rows.push(Value::object({{"title", municipality == visit.configuration().municipalities->end()
                                           ? kept.municipality
                                           : municipality->second.display},
                             {"on", on},
                             {"days", on ? std::to_string(kept.learning->retention_days) : std::string()},
                             {"ground", on ? kept.learning->ground : std::string()},
                             {"count", count_words(kept)}}));
  }
  context.set("learning", std::move(rows));
}

}  // namespace softbot::web
