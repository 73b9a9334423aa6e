#include <algorithm>

#include "domain/paper.h"
#include "pipeline/new_form.h"
#include "pipeline/paper_stages.h"
#include "pipeline/template_pages.h"
#include "queue/reasons.h"

namespace softbot::pipeline {
namespace {

/// Seals pages, crops and files for one application, and writes into its readings where they are.
class Keeper {
 public:
  Keeper(const Services& services, const NewForm& form, const PersonRecord& person, const TypeAnswers& type,
         Application& application)
      : services_(services),
        form_(form),
        type_(type),
        application_(application),
        destination_{application.reference, person} {}

  Result<std::vector<DocumentRecord>> keep() {
    application_.readings = type_.answers.readings;
    application_.paper = Value::object({{"set", form_.set.set},
                                        {"municipality", form_.code.municipality},
                                        {"geometry", form_.code.geometry},
                                        {"signature", type_.answers.signature},
                                        {"types", texts(form_.code.types)},
                                        {"versions", numbers(form_.code.versions)},
                                        {"missing", numbers(form_.chosen.missing())},
                                        {"pages", Value::list()},
                                        {"scans", Value::list()},
                                        {"doubts", Value::list()}});
    if (Value by = template_value(services_, form_); by.is_object())
      application_.paper.set("template", std::move(by));
    for (const Reason& doubt : form_.doubts) paper::add_doubt(application_, doubt);
    if (auto done = keep_form_pages(); !done) return fail(done.error());
    if (auto done = keep_spare_pages(); !done) return fail(done.error());
    if (auto done = keep_crops(); !done) return fail(done.error());
    if (auto done = keep_files(); !done) return fail(done.error());
    for (const std::string& field : paper::ink_to_look_at(application_)) {
      Reason look = queue::reason("look-at-crop");
      look.field = field;
      queue::add_reason(application_.open_tasks, std::move(look));
    }
    return std::move(documents_);
  }

 private:
  static Value texts(const std::vector<std::string>& all) {
    Value list = Value::list();
    for (const std::string& one : all) list.push(one);
    return list;
  }
  static Value numbers(const std::vector<int>& all) {
    Value list = Value::list();
    for (const int one : all) list.push(one);
    return list;
  }

  [[nodiscard]] WholeFile whole(std::size_t scan) const {
    return goes_whole(scan) ? WholeFile::goes_along : WholeFile::stays_behind;
  }
  [[nodiscard]] bool goes_whole(std::size_t scan) const {
    return is_whole(form_.set.scans[scan].record, all_indices_in(form_.set, scan));
  }

  Result<void> keep_form_pages() {
    const std::vector<int> wanted = pages_with(form_.geometry, type_.type);
    Value pages = Value::list();
    for (std::size_t i = 0; i < form_.chosen.by_number.size(); ++i) {
      const int number = static_cast<int>(i) + 1;
      const auto& page = form_.chosen.by_number[i];
      if (!page || std::find(wanted.begin(), wanted.end(), number) == wanted.end()) continue;
      auto kept = keep_page(services_, destination_, form_.set.read(*page),
                            "Pagina " + std::to_string(number) + " van het formulier", whole(page->scan));
      if (!kept) return fail(kept.error());
      const std::string document = *kept ? (*kept)->id.text : std::string();
      pages.push(Value::object({{"page", number},
                                {"document", document},
                                {"scan", form_.set.scans[page->scan].record.id},
                                {"index", page->index}}));
      point_at_page(number, document, form_.set.scans[page->scan].record.reader_version);
      if (*kept) documents_.push_back(std::move(**kept));
    }
    application_.paper.set("pages", std::move(pages));
    return {};
  }

  void point_at_page(int number, const std::string& document, const std::string& reader) {
    const Value readings = application_.readings;
    for (const Value::Member& member : readings.members()) {
      if (member.value["page"].as_integer() != number) continue;
      Value reading = member.value;
      reading.set("pageDocument", document);
      reading.set("reader", reader);
      application_.readings.set(member.name, std::move(reading));
    }
  }

  Result<void> keep_spare_pages() {
    for (const GatheredSet::Page& page : form_.chosen.spare) {
      auto kept = keep_page(services_, destination_, form_.set.read(page), "Dezelfde pagina nog een keer",
                            whole(page.scan));
      if (!kept) return fail(kept.error());
      if (*kept) documents_.push_back(std::move(**kept));
    }
    return {};
  }

  Result<void> keep_crops() {
    for (const WantedCrop& crop : type_.answers.crops) {
      const auto& page = form_.chosen.by_number[static_cast<std::size_t>(crop.page - 1)];
      auto kept = keep_crop(services_, destination_, form_.set.read(*page), crop.image, "Uitsnede");
      if (!kept) return fail(kept.error());
      if (!*kept) continue;
      Value reading = application_.readings[crop.field];
      reading.set("crop", (*kept)->id.text);
      application_.readings.set(crop.field, std::move(reading));
      documents_.push_back(std::move(**kept));
    }
    return {};
  }

  /// The untouched files, and what else lay in them and belongs to nobody else.
  Result<void> keep_files() {
    for (std::size_t i = 0; i < form_.set.scans.size(); ++i) {
      const OpenedScan& scan = form_.set.scans[i];
      Value scans = application_.paper["scans"];
      scans.push(scan.record.id);
      application_.paper.set("scans", std::move(scans));
      if (has_one_form_alone(scan.record)) {
        const std::vector<int> loose = loose_pages(scan.record);
        auto kept = keep_loose(services_, destination_, scan, loose);
        if (!kept) return fail(kept.error());
        attach(scan.record, loose, *kept, application_);
        documents_.insert(documents_.end(), kept->begin(), kept->end());
      }
      if (!goes_whole(i)) continue;
      auto file = keep_whole_file(services_, destination_, scan.record);
      if (!file) return fail(file.error());
      documents_.push_back(std::move(*file));
    }
    return {};
  }

  const Services& services_;
  const NewForm& form_;
  const TypeAnswers& type_;
  Application& application_;
  Destination destination_;
  std::vector<DocumentRecord> documents_;
};

}  // namespace

Result<std::vector<DocumentRecord>> keep_form(const Services& services, const NewForm& form,
                                              const PersonRecord& person, const TypeAnswers& type,
                                              Application& application) {
  return Keeper(services, form, person, type, application).keep();
}

}  // namespace softbot::pipeline
