#include "web/file_look.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <vector>

#include "domain/date.h"
#include "forms/bank_statement.h"
#include "pipeline/views.h"
#include "web/word_table.h"

namespace softbot::web {
namespace {

constexpr std::array words{
    Word{"unclear",
         "Dit kunnen wij niet goed lezen. Is de foto scherp, en licht genoeg? Maak als het kan een nieuwe. U "
         "mag "
         "het ook zo laten.",
         "We cannot read this well. Is the photo sharp, and light enough? Take a new one if you can. You may "
         "also "
         "leave it."},
    Word{"blank", "Hier staat niets op. Is dit het goede bestand?",
         "There is nothing on this. Is it the right file?"},
    Word{"encrypted",
         "Op dit bestand staat een wachtwoord. Wij kunnen het niet openen. Stuur het zonder wachtwoord.",
         "This file has a password. We cannot open it. Send it without one."},
    Word{"damaged", "Dit bestand gaat bij ons niet open. Kies het opnieuw, of maak een foto.",
         "This file does not open here. Choose it again, or take a photo."},
    Word{"no-statement", "Wij vinden hierin geen rekening en geen periode. Is dit een bankafschrift?",
         "We find no account and no period in this. Is it a bank statement?"},
};

std::string word_of(const ReadFile& file) {
  if (file.pages.empty()) {
    if (!file.refused) return "blank";
    return file.refused->code == "encrypted" ? "encrypted" : file.refused->code == "damaged" ? "damaged" : "";
  }
  const auto is_blank = [](const ReadPage& page) { return page.blank; };
  if (std::ranges::all_of(file.pages, is_blank)) return "blank";
  const bool unclear = std::ranges::any_of(
      file.pages, [](const ReadPage& page) { return !page.blank && page.legible && !*page.legible; });
  return unclear ? "unclear" : "";
}

/// The days that statements of one account cover together, when they say so and leave none out between them.
std::optional<std::pair<Date, Date>> days_of(std::vector<BankStatement> statements, Date today) {
  const bool all_stated = std::ranges::all_of(statements, [&](const BankStatement& one) {
    return one.period == PeriodSource::stated && one.from && one.until && *one.until <= today;
  });
  if (statements.empty() || !all_stated) return std::nullopt;
  std::ranges::sort(statements, {},
                    [](const BankStatement& one) { return std::chrono::sys_days(*one.from); });
  Date until = *statements.front().until;
  for (const BankStatement& one : statements) {
    if (add_days(until, 1) < *one.from) return std::nullopt;
    until = std::max(until, *one.until);
  }
  return std::pair(*statements.front().from, until);
}

FileLook look_at_statement(const ReadFile& file, Date today) {
  FileLook look;
  if (look.word = word_of(file); !look.word.empty()) return look;
  std::vector<std::string> pages;
  for (const ReadPage& page : file.pages) pages.push_back(page.printed_text);
  const std::vector<BankStatement> statements = read_bank_statements(pages);
  const bool found = std::ranges::any_of(
      statements, [](const BankStatement& one) { return !one.account.empty() || one.from.has_value(); });
  if (!found) {
    look.word = "no-statement";
    return look;
  }
  const std::string& account = statements.front().account;
  const bool one_account =
      std::ranges::all_of(statements, [&](const BankStatement& one) { return one.account == account; });
  if (!one_account) return look;
  look.account = account;
  if (const auto days = days_of(statements, today)) {
    look.from = format_iso(days->first);
    look.until = format_iso(days->second);
  }
  return look;
}

/// Residents who send a form do not wait behind scans, and no scan behind a large file of theirs.
bool is_looked_at_now(const Services& services, const std::string& bytes) {
  constexpr std::size_t most_bytes = 6'000'000;
  if (bytes.size() > most_bytes) return false;
  bool idle = true;
  const auto read = services.store.read([&](Transaction& transaction) -> Result<void> {
    for (const char* state : {"waiting", "reading"}) {
      ScanFilter filter;
      filter.state = state;
      filter.limit = 1;
      idle = idle && transaction.scans(filter).empty();
    }
    return {};
  });
  return read && idle;
}

}  // namespace

FileLook look_at(const Services& services, AttachmentReading reads, std::string_view media_type,
                 const std::string& bytes) {
  if (reads == AttachmentReading::nothing) return {};
  static std::mutex one_at_a_time;
  const std::unique_lock lock(one_at_a_time, std::try_to_lock);
  if (!lock.owns_lock() || !is_looked_at_now(services, bytes)) return {};
  // A statement with characters of its own is read in a moment; a photo of one would take too long here.
  const bool statement = reads == AttachmentReading::bank_statement && media_type == "application/pdf";
  const auto file =
      statement ? services.reader.read(bytes, services.find_geometry) : services.reader.look(bytes);
  if (!file) return {};
  if (statement) return look_at_statement(*file, pipeline::today(services));
  FileLook look;
  look.word = word_of(*file);
  return look;
}

std::string look_words(std::string_view word, std::string_view language) {
  return look_up(words, word, language);
}

}  // namespace softbot::web
