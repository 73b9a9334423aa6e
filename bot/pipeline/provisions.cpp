#include "pipeline/provisions.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "domain/bsn.h"
#include "domain/date.h"
#include "domain/json.h"
#include "pipeline/edit.h"

namespace softbot::pipeline {
namespace {

constexpr std::array<std::string_view, 9> columns{
    "bsn", "type", "municipality", "decisionNumber", "from", "until", "provider", "minutesPerWeek", "aid"};
constexpr std::size_t most_rows = 100'000;
constexpr std::size_t rows_in_unit = 500;
constexpr std::int64_t minutes_in_week = 7 * 24 * 60;

struct Incoming {
  std::string bsn;
  ProvisionRecord provision;
};

/// Reads one row, adding to `errors` what is wrong with it.
Incoming row_from(const Catalogue& forms, const Municipalities& municipalities, const Value& value,
                  const std::string& path, std::vector<FieldError>& errors) {
  const auto wrong = [&](const char* field, const char* message) {
    errors.push_back({path + "." + field, "invalid", message});
  };
  Incoming row;
  const auto bsn = parse_bsn(value["bsn"].text_or_empty());
  const auto from = parse_iso_date(value["from"].text_or_empty());
  const std::string& until_text = value["until"].text_or_empty();
  const auto until = parse_iso_date(until_text);
  ProvisionRecord& provision = row.provision;
  provision.type = value["type"].text_or_empty();
  provision.municipality = value["municipality"].text_or_empty();
  provision.decision_number = value["decisionNumber"].text_or_empty();
  provision.source = "import";
  if (!bsn) wrong("bsn", "This is not a citizen number.");
  if (provision.decision_number.empty()) wrong("decisionNumber", "Give the number of the decision.");
  if (forms.find(provision.type, provision.municipality) == nullptr)
    wrong("type", "This type does not exist.");
  if (!municipalities.contains(provision.municipality))
    wrong("municipality", "This municipality is not served here, or not by you.");
  if (!from) wrong("from", "Give a date as 2026-12-01.");
  if (!until_text.empty() && (!until || (from && *until < *from)))
    wrong("until", "Give a date after `from`, as 2026-12-01.");
  if (!value["minutesPerWeek"].is_null() && value["minutesPerWeek"] != Value("")) {
    const auto minutes = value["minutesPerWeek"].as_integer();
    if (!minutes || *minutes < 1 || *minutes > minutes_in_week)
      wrong("minutesPerWeek", "Give a whole number of minutes, from 1 to 10080.");
  }
  if (bsn) row.bsn = bsn->digits();
  if (from) provision.from = *from;
  if (!until_text.empty() && until) provision.until = *until;
  provision.details = Value::object();
  for (const char* name : {"provider", "minutesPerWeek", "aid"}) {
    if (!value[name].is_null() && value[name] != Value("")) provision.details.set(name, value[name]);
  }
  return row;
}

Result<void> store_rows(Store& store, const Vault& vault, const Clock& clock, std::span<Incoming> rows) {
  return store.write([&](Transaction& transaction) -> Result<void> {
    for (Incoming& row : rows) {
      const PersonRecord person = transaction.find_or_add_person(row.bsn);
      row.provision.person = person.id;
      row.provision.id = vault.commitment("provision", row.bsn + "|" + row.provision.decision_number);
      transaction.put_provision(row.provision);
    }
    AuditRecord audit = audit_row("operator", "provisions-imported");
    audit.subject = "provisions";
    audit.at = clock.now();
    transaction.append_audit(std::move(audit));
    return {};
  });
}

/// Splits CSV into rows of cells; quotes as in RFC 4180.
std::vector<std::vector<std::string>> cells_of(std::string_view text, char separator) {
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool quoted = false;
  const auto end_cell = [&] {
    rows.back().push_back(std::move(cell));
    cell.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        cell += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n') {
      end_cell();
      rows.emplace_back();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (!cell.empty() || !rows.back().empty()) end_cell();
  std::erase_if(rows, [](const auto& row) { return row.empty() || (row.size() == 1 && row[0].empty()); });
  return rows;
}

bool is_whole_number(const std::string& text) {
  return !text.empty() && text.size() < 10 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<std::size_t> import_provisions(Store& store, const Vault& vault, const Clock& clock,
                                      const Catalogue& forms, const Municipalities& municipalities,
                                      const Value& provisions) {
  if (!provisions.is_list() || provisions.items().empty()) {
    return fail(Error{ErrorCode::invalid_input,
                      "There is no list of provisions.",
                      false,
                      {{"provisions", "missing", "Give a list with at least one provision."}}});
  }
  std::vector<FieldError> errors;
  std::vector<Incoming> rows;
  for (std::size_t i = 0; i < provisions.items().size(); ++i) {
    rows.push_back(row_from(forms, municipalities, provisions.items()[i],
                            "provisions[" + std::to_string(i) + "]", errors));
  }
  if (!errors.empty()) {
    return fail(Error{ErrorCode::invalid_input, "Nothing was stored: some rows are wrong.", false,
                      std::move(errors)});
  }
  for (std::span<Incoming> rest(rows); !rest.empty();) {
    const std::size_t count = std::min(rest.size(), rows_in_unit);
    if (auto stored = store_rows(store, vault, clock, rest.first(count)); !stored)
      return fail(stored.error());
    rest = rest.subspan(count);
  }
  return rows.size();
}

Result<Value> provisions_from_csv(std::string_view text) {
  const auto wrong = [](std::string message) { return fail(ErrorCode::invalid_input, std::move(message)); };
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text)) return wrong("The file is not UTF-8 text. Save it as CSV UTF-8.");
  const std::string_view header_line = text.substr(0, text.find('\n'));
  const char separator = header_line.find(';') != std::string_view::npos ? ';' : ',';
  const auto rows = cells_of(text, separator);
  if (rows.size() < 2) return wrong("The file has no rows below its header.");
  if (rows.size() > most_rows) return wrong("The file has more than 100,000 rows. Split it.");
  const auto& header = rows.front();
  for (const std::string& name : header) {
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
      return wrong("Line 1: the column \"" + name.substr(0, 40) +
                   "\" is not known. Columns: bsn, type, municipality, decisionNumber, from, until, "
                   "provider, minutesPerWeek, aid.");
    }
  }
  Value list = Value::list();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != header.size()) {
      return wrong("Line " + std::to_string(i + 1) + " has " + std::to_string(rows[i].size()) +
                   " cells where the header has " + std::to_string(header.size()) + ".");
    }
    Value row = Value::object();
    for (std::size_t c = 0; c < header.size(); ++c) {
      const std::string& cell = rows[i][c];
      if (header[c] == "minutesPerWeek" && is_whole_number(cell)) {
        row.set(header[c], Number{std::to_string(std::stol(cell))});
      } else if (!cell.empty()) {
        row.set(header[c], cell);
      }
    }
    list.push(std::move(row));
  }
  return list;
}

}  // namespace softbot::pipeline
