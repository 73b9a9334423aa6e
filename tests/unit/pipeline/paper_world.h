#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/files/folder_document_files.h"
#include "adapters/letters/letter_printer.h"
#include "adapters/paper_forms/paper_printer.h"
#include "pipeline/scan_intake.h"
#include "pipeline/services.h"
#include "pipeline/staff_actions.h"
#include "unit/store/sqlite_home.h"

namespace softbot::testing {

/// Answers what a test says that stands on the paper, whatever the bytes are.
class ScriptedReader final : public Reader {
 public:
  Result<ReadFile> read(const std::string& bytes, const FindGeometry&) override {
    ++reads;
    if (broken) return fail(Error{ErrorCode::unavailable, "The reader does not work.", true, {}});
    const auto found = files.find(bytes);
    if (found == files.end()) return ReadFile{{}, FieldError{"file", "damaged", "Not a scan."}};
    return found->second;
  }
  Result<ReadFile> read_by(const ReadingTemplates& templates, const std::string& bytes,
                           const FindGeometry& find_geometry) override {
    held_against = templates;
    return read(bytes, find_geometry);
  }
  Result<ReadFile> look(const std::string& bytes) override { return read(bytes, {}); }
  [[nodiscard]] std::string version() const override { return "scripted 1"; }

  std::map<std::string, ReadFile> files;
  ReadingTemplates held_against;  ///< by the last reading
  bool broken = false;
  int reads = 0;
};

/// A register with the people that a test puts in.
class ScriptedRegister final : public Register {
 public:
  Result<std::optional<RegisterPerson>> find(const std::string& bsn) override {
    asked.push_back(bsn);
    const auto found = people.find(bsn);
    return found == people.end() ? std::optional<RegisterPerson>() : std::optional(found->second);
  }
  std::map<std::string, RegisterPerson> people;
  std::vector<std::string> asked;
};

/// Keeps what was brought outside.
class KeptDeliveries final : public Deliverer {
 public:
  Result<void> deliver(const Delivery& delivery, const std::string&) override {
    deliveries[delivery.key] = delivery;
    return {};
  }
  std::map<std::string, Delivery> deliveries;
};

/// Ink on a field of the test's form.
struct Ink {
  std::string field;
  Value value;
  ReadingState state = ReadingState::certain;
  double probability = 0.9999;
  std::vector<ReadingAlternative> alternatives = {};
  Value ticks = {};  ///< of a question with boxes to tick, as Reading::ticks
};

/// One person's way through the mail room: the real stages over the real store, with a scripted reader and
/// register. The form is one for a raised toilet seat, on three pages: who, what, and the signature.
class PaperWorld {
 public:
  PaperWorld();

  /// The three pages as Anna Zonneveld fills them in, all of it read with certainty, signed.
  [[nodiscard]] std::vector<ReadPage> filled_form(const std::string& set = "7kqm4t9x") const;
  /// The same with another ink in one field; a null value and `empty` take the answer away.
  [[nodiscard]] std::vector<ReadPage> filled_form_with(const Ink& ink,
                                                       const std::string& set = "7kqm4t9x") const;
  [[nodiscard]] ReadPage letter(const std::string& printed_text) const;
  [[nodiscard]] ReadPage blank() const;
  [[nodiscard]] ReadPage sheet(const std::string& reference, const std::string& kind, std::int64_t number,
                               std::optional<bool> signature) const;
  static void write(ReadPage& page, const Ink& ink);

  /// A scan of these pages comes in (as bytes of its own, unless `bytes` says which); its id.
  std::string receive(std::vector<ReadPage> pages, const std::string& bytes = "");
  std::string receive_refused(const std::string& code);
  /// Runs every job that is due, and what follows from it.
  void work();

  [[nodiscard]] ScanRecord scan(const std::string& id);
  [[nodiscard]] Application application(const ApplicationReference& reference);
  /// What the scan became, when that is one thing.
  [[nodiscard]] Application only_application(const std::string& scan);
  [[nodiscard]] std::vector<DocumentRecord> documents(const ApplicationReference& reference);
  [[nodiscard]] std::vector<std::string> letters(const ApplicationReference& reference);
  [[nodiscard]] std::size_t count_applications();
  pipeline::Staff consultant{"consulent", "C. Consulent", {}};

  SqliteHome home;
  ScriptedReader reader;
  ScriptedRegister people;
  KeptDeliveries post;
  KeptDeliveries orders;
  std::unique_ptr<FolderDocumentFiles> files;
  std::unique_ptr<PangoLetterPrinter> printer;
  PangoPaperPrinter paper;
  ActivePolicy policy;
  NullLog log;
  NullMetrics metrics;
  FormGeometry geometry;
  std::shared_ptr<Configuration> configuration = std::make_shared<Configuration>();
  std::unique_ptr<Services> services;

 private:
  int received_ = 0;
};

/// What Anna's form comes to with this ink in one field.
[[nodiscard]] Application with_ink(PaperWorld& world, const Ink& ink);

[[nodiscard]] std::vector<std::string> codes_of(const std::vector<Reason>& reasons);
[[nodiscard]] std::vector<std::string> fields_of(const std::vector<Reason>& reasons, const std::string& code);

}  // namespace softbot::testing
