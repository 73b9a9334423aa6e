#include "unit/pipeline/paper_world.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "pipeline/edit.h"
#include "pipeline/post_letters.h"
#include "pipeline/stages.h"
#include "policy/safeguards.h"
#include "support/checkout.h"

namespace softbot::testing {
namespace {

const std::filesystem::path config = checkout() / "config";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream content;
  content << in.rdbuf();
  return content.str();
}

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

PaperField paper_field(const Field& field, const std::string& part, int page, double y) {
  PaperField on_paper;
  on_paper.name = field.name;
  on_paper.part = part;
  on_paper.answer_kind = name_of(field.kind);
  on_paper.field_class = name_of(field.field_class);
  on_paper.required = field.required;
  on_paper.page = page;
  on_paper.kind = field.kind == FieldKind::signature   ? PaperFieldKind::signature
                  : field.kind == FieldKind::long_text ? PaperFieldKind::line
                                                       : PaperFieldKind::characters;
  on_paper.box = {20, y, 100, 6};
  if (on_paper.kind == PaperFieldKind::characters) {
    for (int i = 0; i < 20; ++i) on_paper.boxes.push_back({20 + 5.0 * i, y, 5, 6});
    on_paper.pattern = std::string(20, 'X');
  }
  return on_paper;
}

int page_of(const Field& field) {
  return field.name == "signature" || field.name == "signingDate" || field.name == "remarks" ? 3 : 1;
}

FormGeometry geometry_of(const Catalogue& forms) {
  FormGeometry geometry;
  geometry.types = {"small-aids"};
  geometry.versions = {forms.common().version, forms.find("small-aids")->version};
  geometry.municipality = "voorbeeld";
  geometry.pages.resize(3);
  double y = 20;
  const auto add = [&](const FormDefinition& definition, const std::string& part, int fixed_page) {
    for (const Section& section : definition.sections) {
      for (const Field& field : section.fields) {
        if (field.kind == FieldKind::list) continue;
        geometry.fields.push_back(paper_field(field, part, fixed_page > 0 ? fixed_page : page_of(field), y));
        y = y < 260 ? y + 7 : 20;
      }
    }
  };
  add(forms.common(), "common", 0);
  add(*forms.find("small-aids"), "small-aids", 2);
  return geometry;
}

RegisterPerson anna() {
  RegisterPerson person;
  person.bsn = "999900006";
  person.initials = "A.M.";
  person.first_names = "Anna Maria";
  person.surname = "Zonneveld";
  person.birth_date = Date(std::chrono::year(1946), std::chrono::month(3), std::chrono::day(14));
  person.address = Address{"Dorpsstraat", "12", "A", "1234AB", "Voorbeeld"};
  person.municipality_code = "9901";
  return person;
}

std::vector<Ink> annas_ink() {
  return {{"bsn", "999900006"},
          {"initials", "A.M."},
          {"birthName", "ZONNEVELD"},
          {"birthDate", "1946-03-14"},
          {"street", "DORPSSTRAAT"},
          {"houseNumber", "12"},
          {"houseNumberAddition", "A"},
          {"postcode", "1234AB"},
          {"town", "VOORBEELD"},
          {"housing", "owner"},
          {"hasRepresentative", false},
          {"wlz", false},
          {"personalPlan", false},
          {"urgent", false},
          {"signature", true},
          {"signingDate", "2026-11-16"},
          {"difficulties", Value(Value::List{Value("standing"), Value("balance")})},
          {"aid", "raised-toilet-seat"},
          {"duration", "26-weeks-or-longer"},
          {"alreadyBorrowed", false},
          {"bodyWeightKg", "70"},
          {"price", "45.00"},
          {"provisionForm", "in-kind"}};
}

ReadImage image(const std::string& bytes) {
  return {"image/png", bytes, 10, 10};
}

}  // namespace

PaperWorld::PaperWorld() {
  home.clock.set(*parse_instant("2026-11-18T10:00:00Z"));
  files = must(FolderDocumentFiles::open(home.beside("documents")));
  printer = std::make_unique<PangoLetterPrinter>(must(PangoLetterPrinter::from_folder(config / "letters")));
  configuration->forms = std::make_shared<const Catalogue>(must(load_catalogue(config)));
  configuration->municipalities = std::make_shared<const Municipalities>(must(load_municipalities(config)));
  geometry = geometry_of(*configuration->forms);
  people.people["999900006"] = anna();
  must(pipeline::keep_letter_kinds(home.store(), text_of(config / "post" / "letters.json")));
  const auto policy_files = must(read_configuration_folder(config / "policy" / "default", {".dmn", ".json"}));
  must(home.store().write([&](Transaction& transaction) -> Result<void> {
    if (auto offered = offer_shipped(transaction, policy_name(), policy_files, home.clock.now()); !offered)
      return fail(offered.error());
    return fill_safeguards(
        transaction,
        R"({"types":{"small-aids":{"grantsPerDay":50,"centsPerDay":9000000,"sampleShare":"0"}}})");
  }));
  services = std::make_unique<Services>(
      Services{.store = home.store(),
               .vault = home.vault(),
               .files = *files,
               .clock = home.clock,
               .persons = people,
               .reader = reader,
               .find_geometry = [this](const PageCode& code) -> std::optional<FormGeometry> {
                 if (code.geometry != geometry_id(geometry)) return std::nullopt;
                 return geometry;
               },
               .policy = policy,
               .letters = *printer,
               .paper = paper,
               .post = post,
               .provider_orders = orders,
               .log = log,
               .metrics = metrics,
               .configuration = [this] { return configuration; },
               .wake = {}});
}

void PaperWorld::write(ReadPage& page, const Ink& ink) {
  for (Reading& reading : page.readings) {
    if (reading.field != ink.field) continue;
    reading.value = ink.value;
    reading.state = ink.state;
    reading.probability = ink.probability;
    reading.alternatives = ink.alternatives;
    reading.ticks = ink.ticks;
    reading.ink = ink.state == ReadingState::empty ? 0 : 0.1;
    if (ink.state != ReadingState::empty && reading.crop < 0) {
      reading.crop = static_cast<int>(page.images.size());
      page.images.push_back(image("crop of " + ink.field));
    }
  }
}

std::vector<ReadPage> PaperWorld::filled_form(const std::string& set) const {
  std::vector<ReadPage> pages;
  for (int number = 1; number <= 3; ++number) {
    ReadPage page;
    page.index = number - 1;
    page.width = 2480;
    page.height = 3508;
    page.residual_mm = 0.1;
    page.code_of_softbot = true;
    PageCode code;
    code.municipality = geometry.municipality;
    code.types = geometry.types;
    code.versions = geometry.versions;
    code.page = number;
    code.pages = 3;
    code.geometry = geometry_id(geometry);
    code.set = set;
    page.code = code;
    page.images.push_back(image("page " + std::to_string(number) + " of " + set));
    for (const PaperField& field : geometry.fields) {
      if (field.page != number) continue;
      Reading reading;
      reading.field = field.name;
      reading.state = ReadingState::empty;
      reading.probability = 0.9999;
      reading.page = page.index;
      reading.box_mm = {field.box.x, field.box.y, field.box.width, field.box.height};
      page.readings.push_back(std::move(reading));
    }
    for (const Ink& ink : annas_ink()) write(page, ink);
    pages.push_back(std::move(page));
  }
  return pages;
}

std::vector<ReadPage> PaperWorld::filled_form_with(const Ink& ink, const std::string& set) const {
  std::vector<ReadPage> pages = filled_form(set);
  for (ReadPage& page : pages) write(page, ink);
  return pages;
}

ReadPage PaperWorld::letter(const std::string& printed_text) const {
  ReadPage page;
  page.problem = "no-marks";
  page.printed_text = printed_text;
  page.images.push_back(image("letter: " + printed_text));
  return page;
}

ReadPage PaperWorld::blank() const {
  ReadPage page;
  page.blank = true;
  return page;
}

ReadPage PaperWorld::sheet(const std::string& reference, const std::string& kind, std::int64_t number,
                           std::optional<bool> signature) const {
  ReadPage page;
  PageCode code;
  code.kind = PageCode::Kind::sheet;
  code.municipality = "voorbeeld";
  code.types = {kind};
  code.sheet_number = number;
  code.reference = reference;
  page.code = code;
  page.code_of_softbot = true;
  page.signature = signature;
  page.images.push_back(image("sheet"));
  return page;
}

std::string PaperWorld::receive(std::vector<ReadPage> pages, const std::string& bytes) {
  ReadFile file;
  int index = 0;
  for (ReadPage& page : pages) {
    page.index = index++;
    for (Reading& reading : page.readings) reading.page = page.index;
    file.pages.push_back(std::move(page));
  }
  pipeline::IncomingScan incoming;
  incoming.municipality = "voorbeeld";
  incoming.source = "upload";
  incoming.by = "postkamer";
  incoming.file_name = "scan.pdf";
  incoming.bytes = bytes.empty() ? "%PDF-1.4 scan " + std::to_string(++received_) : bytes;
  reader.files[incoming.bytes] = std::move(file);
  return must(pipeline::take_scan(*services, incoming)).scan.id;
}

std::string PaperWorld::receive_refused(const std::string& code) {
  pipeline::IncomingScan incoming;
  incoming.municipality = "voorbeeld";
  incoming.source = "upload";
  incoming.by = "postkamer";
  incoming.bytes = "%PDF-1.4 refused " + std::to_string(++received_);
  reader.files[incoming.bytes] = ReadFile{{}, FieldError{"file", code, "Refused."}};
  return must(pipeline::take_scan(*services, incoming)).scan.id;
}

void PaperWorld::work() {
  for (int round = 0; round < 200; ++round) {
    std::vector<Job> jobs;
    must(home.store().write([&](Transaction& transaction) -> Result<void> {
      jobs = transaction.claim_jobs(20, home.clock.now(), std::chrono::seconds(60));
      return {};
    }));
    if (jobs.empty()) return;
    for (const Job& job : jobs) {
      const auto done = pipeline::run_job(*services, job);
      const bool again = !done && done.error().code == ErrorCode::stale;
      if (!done && !again) {
        if (done.error().code == ErrorCode::internal) throw std::runtime_error(done.error().message);
        Job failed = job;
        failed.last_error = name_of(done.error().code);
        must(pipeline::give_up(*services, failed));
      }
      must(home.store().write([&](Transaction& transaction) -> Result<void> {
        again ? transaction.retry_job(job.id, home.clock.now(), "stale") : transaction.finish_job(job.id);
        return {};
      }));
    }
  }
  throw std::runtime_error("the jobs never end");
}

ScanRecord PaperWorld::scan(const std::string& id) {
  return must(pipeline::load_scan(*services, id));
}

Application PaperWorld::application(const ApplicationReference& reference) {
  return must(pipeline::load_application(*services, reference));
}

Application PaperWorld::only_application(const std::string& id) {
  const ScanRecord record = scan(id);
  if (record.applications.size() != 1)
    throw std::runtime_error("the scan became " + std::to_string(record.applications.size()) + " things");
  return application(record.applications.front());
}

std::vector<DocumentRecord> PaperWorld::documents(const ApplicationReference& reference) {
  std::vector<DocumentRecord> found;
  must(home.store().read([&](Transaction& transaction) -> Result<void> {
    found = transaction.documents_of(reference);
    return {};
  }));
  return found;
}

std::vector<std::string> PaperWorld::letters(const ApplicationReference& reference) {
  std::vector<std::string> posted;
  must(home.store().read([&](Transaction& transaction) -> Result<void> {
    posted.clear();
    for (const OutboxRecord& row : transaction.outbox_of(reference)) {
      if (row.channel == "post") posted.push_back(row.content["letter"].text_or_empty());
    }
    return {};
  }));
  return posted;
}

std::size_t PaperWorld::count_applications() {
  std::size_t count = 0;
  must(home.store().read([&](Transaction& transaction) -> Result<void> {
    count = 0;
    for (const Figure& figure : transaction.figures(Instant{})) {
      if (figure.labels.contains("status")) count += static_cast<std::size_t>(figure.count);
    }
    return {};
  }));
  return count;
}

Application with_ink(PaperWorld& world, const Ink& ink) {
  const std::string scan = world.receive(world.filled_form_with(ink));
  world.work();
  return world.only_application(scan);
}

std::vector<std::string> codes_of(const std::vector<Reason>& reasons) {
  std::vector<std::string> codes;
  for (const Reason& reason : reasons) codes.push_back(reason.code);
  return codes;
}

std::vector<std::string> fields_of(const std::vector<Reason>& reasons, const std::string& code) {
  std::vector<std::string> fields;
  for (const Reason& reason : reasons) {
    if (reason.code == code) fields.push_back(reason.field);
  }
  return fields;
}

}  // namespace softbot::testing
