#include "daemon/help.h"

#include "domain/deadlines.h"

namespace softbot::daemon {
namespace {

constexpr std::string_view exit_codes = R"(Exit codes
  0  done
  1  it did not work; the message on standard error says why
  2  the command line is wrong
  3  a file named on the command line is absent, damaged or not accepted
  4  a configuration file is wrong, or the master key is absent or not the one that sealed the store
  5  the store is held by another node, was made by another version, or is damaged
)";

constexpr std::string_view api = R"(The API (OpenAPI 3.1 at /api/v1/openapi.json)
  POST /api/v1/submissions                       header Idempotency-Key; 202 with reference and code per request
  GET  /api/v1/applications/<reference>          header Application-Code, a session, or a machine key
  POST /api/v1/applications/<reference>/answers|documents|withdrawal|human-request|signature
  GET  /api/v1/queue                             urgent post, then by legal deadline; filters municipality, type, team, reason, status
  GET  /api/v1/queue/<reference>                 one case, with its ETag
  POST /api/v1/queue/<reference>/claim|release|fields|ask|decision      header If-Match with that ETag
  POST /api/v1/queue/<reference>/events          {"kind","received","until"?}: signed-sheet, objection, complaint, suspension-consent, ...
  GET  /api/v1/letters                           for the post; state, after, limit
  POST /api/v1/letters/<key>/posted              the mail room confirms the day of posting
  GET  /api/v1/form-types/<type>/schema          JSON Schema of a submission
  GET  /api/v1/policy/explanation, /api/v1/policy/register-entries      for everybody: the active policy in words
  GET  /api/v1/figures, /api/v1/policy, /api/v1/safeguards              what administrators watch
  POST /api/v1/policy/trials                     {"version","from"?,"to"?,"municipality"?,"type"?}: a version tried on past applications; GET, DELETE
  PUT  /api/v1/safeguards/kill-switches/<type|municipality:type|all>    {"on":true,"why"}: thrown, at once
  POST /api/v1/safeguards/kill-switches/<...>/release                   {"why"}: proposed; /release/confirmation by another person, /release/end
  POST /api/v1/provisions                        provisions that were granted before, 20,000 rows at most
  GET  /health/live, /health/ready; metrics on a listener of their own
Machine keys: header "Authorization: Bearer KEY", made with `softbot key add`. Sessions: POST /api/v1/session.
Errors are RFC 9457 problem+json with a stable type and errors[] that name the field.
)";

constexpr std::string_view config = R"(Configuration
  softbot.json            what an operator sets: addresses, TLS, register, sign-in, mail, limits. SIGHUP reads it again (rates, terms, job pauses).
  forms/*.json            form definitions; municipalities/<id>.json and municipalities/<id>/forms/*.json: a municipality's own
  templates/<municipality>/<type>.json   a municipality's own paper form, which carries no code: where its answers stand
  policy/default/*.dmn    policies (DMN 1.3), parameters.json, and <type>.examples.json: cases with the outcome they must have
  letters/*.mustache      texts of letters
  safeguards.json         daily caps, sample share, and the test that stops the bot
Forms, policies, letters and safeguards fill an empty store once. After that the store is the truth: a difference on disk becomes
a draft, which a second person approves. `softbot check-config` names every mistake with file, path and remedy.
)";

constexpr std::string_view corrections = R"(softbot corrections list --data DIR
  Of each municipality: for how many days corrections are kept, or off; how many there are; until when the first one is kept.
softbot corrections export --out DIR --municipality M --why TEXT --data DIR
  Answers in boxes that were read in doubt and that a person confirmed or put right, within their term, where "learning" in
  municipalities/M.json lets them be kept. DIR/train is to train with. DIR/trial holds those of one resident in five, always the same ones:
  they only try new models and are never trained on. In each, pictures and readings.jsonl, a line of JSON per reading: picture, keptOn,
  geometry (of the picture: where its boxes are), raw, probability, state, alternatives (as it was read), value and written (what the
  person made of it: the answer, and its signs in the boxes), reader (what read it). No case, no person, no question.
  Names and numbers stand on the pictures: they are personal data in the clear. The export goes on record, with TEXT and how many.
  Then: ocr-eval glyphs --dir DIR/train, ocr/training/train.py --corrections, ocr-eval corrections --dir DIR/trial (ocr/training/README.md).
  Exit code 1: learning is off for this municipality, and nothing is written; or DIR is not empty.
)";

constexpr std::string_view deadlines_intro =
    R"(softbot deadlines --input FILE.json [--today 2026-12-01] [--json]
  Prints every term of a case with its article. For example, FILE.json:

{
  "type": "household-help",
  "events": [
    {"kind": "received", "date": "2026-01-05"},
    {"kind": "repair-request", "date": "2026-01-07", "days": 14},
    {"kind": "completed", "date": "2026-01-15"},
    {"kind": "investigation-finished", "date": "2026-02-02"}
  ]
}

  "type" is an application type; or give "law": wmo2015, participatiewet, awb. Kinds of events:
)";

constexpr std::string_view provisions = R"(softbot import-provisions FILE.csv --data DIR
  CSV in UTF-8, comma or semicolon, with a header of these columns:
    bsn, type, municipality, decisionNumber, from, until, provider, minutesPerWeek, aid
  Dates as 2026-12-01; until, provider, minutesPerWeek and aid may be empty. All rows are checked before any is stored: every mistake is named.
  The same decision number of the same person replaces the earlier row.
)";

constexpr std::string_view print_form_words =
    R"(softbot print-form TYPE... --municipality M -o FILE.pdf [--language en] [--known FILE.json] [--geometry]
  Prints the paper form of one or more types, with one common part, as A4 PDF. Each print has a set number of its own in the code on
  its pages: print once for each person, do not copy. "-o -" writes to standard output.
  --geometry writes where everything stands, in millimetres, as JSON instead.
  --known prints answers in. For example, FILE.json:

{
  "common": {"bsn": "999990019", "postcode": "1234 AB", "houseNumber": 7},
  "requests": [{"type": "small-aids", "fields": {"aid": "raised-toilet-seat"}}]
}
)";

constexpr std::string_view read_words = R"(softbot read [--json] [--template FORM.json] FILE... [--data DIR]
  Reads scans (PDF, TIFF, JPEG, PNG) with the sandboxed program that the daemon uses, and prints what stands on them. No daemon and no
  data are needed: forms of the shipped configuration are known. --data: forms that this store ever printed are known too.
  Nothing is kept. What is printed holds personal data.
  --template reads pages without a code of softbot by a template: where the fields are on a form that somebody else made, in millimetres
  (config/schemas/reading-template.json; an example in samples/templates). The page is found by the anchors that the template names, else by
  the frames of its fields, up to 3 degrees askew, 5% larger or smaller, upside down or on its side.
  --json prints {"files": [{"file", "error", "pages", "forms"}]}:
    error   null, or {"code", "message"}: absent, damaged, encrypted, unsupported, too-large, too-many-pages, empty, time, memory, crashed.
            Pages that could be read are there all the same.
    pages   index (from 0), width, height, form (null, or what its code says), rotation, residual_mm; with --template also problem: "", or
            no-fit (another page), no-marks (its anchors are missing), two-ways (it may lie in more than one way), residual (more than 0.5 mm
            off), and nothing was read from it
    forms   one for each type on a form: type, version, municipality, pages, and by field: value, probability, state (certain, repaired,
            doubtful, empty, unreadable), alternatives, page, box_mm (x, y, width, height); ticks with true, false or null (doubtful)
            By a template the type is its name; each time a page comes again, the next form begins.
  Exit code 0: all was read, form or not. 3: a file is absent, damaged, encrypted, refused or of an unsupported kind,
  or the template has mistakes: each is told with its place and what to do, and nothing is read.
)";

constexpr std::string_view models =
    R"(softbot dmn evaluate MODEL.dmn [--decision NAME] --input FILE.json [--trace]
  Evaluates a decision, a decision service or a knowledge model; without --decision every decision of the model. FILE.json is an object with
  a member for each input (or parameter), read by the types of the model: numbers exactly as written, dates, times and durations as ISO text,
  for example {"Age": 70, "From": "2026-12-01", "Term": "P1Y"}. A member that is absent is null.
  Prints the value as JSON; of all decisions an object by name. With --trace {"result", "trace"}: for each decision its rules and cells, what
  was compared with what, and whether that was met, unmet or unknown. Why something became null stands on standard error, or in the trace.
softbot dmn check MODEL.dmn
  Prints each mistake with its place, its rules and an example: gaps and overlaps against the hit policy, rules that never fire, type errors.
  Exit code 1 when one of them is an error; a warning is no error.
softbot dmn kit DIR [--failures]
  Runs every testCase below DIR and ends with the totals of level 2 and level 3.
  Models that are imported are looked for in the folder of the model.
)";

constexpr std::string_view policy_words =
    R"(softbot replay REFERENCE --data DIR
  Judges the application again from the input, the day and the policy version that are kept with it. Exit code 0: as it did. Exit code 1: the
  outcome differs (what, on standard error), or there is nothing to judge again: no policy judged it, or its file was erased.
softbot policy explain [--municipality NAME]
  Prints the active policy in plain Dutch: what leads to a grant by the bot, what goes to a person, and the values in force today. The same text
  as the page /beleid. It is generated: another rule or another value gives another text.
softbot policy register-entry [--municipality NAME]
  Prints the entries for the Algoritmeregister by its publication standard 1.0, one per type of application, as JSON. They come from the active
  policy, the safeguards, and "algorithmRegister" in municipalities/<name>.json; exit code 1 when that is missing.
softbot policy examples DIR [--json]
  Runs the examples of the policy in DIR (<type>.examples.json, see config/policy/README.md) and prints each that comes out otherwise than it
  says, with the rules that had a say. Exit code 1 when one does. --json prints {"policy", "failed", "examples": [{"file", "name", "type",
  "municipality", "today", "asExpected", "expected", "outcome", "differences", "rules"}]}. No store is needed.
softbot simulate --draft DIR [--from DATE --to DATE] [--municipality M] [--type T] [--json] --data DIR
  DIR holds the files of a policy, like config/policy/default. Every application that a policy judged, received in these days, is judged by
  the active policy and by the draft on the input and the day of its last judgement; the daemon works on meanwhile. Both have the values of
  today, or of the day on which the last value of the draft begins, so that a planned value shows what it does. Prints how many outcomes
  change and from what to what, what is granted in minutes a week and euros a year, and each changed case with its reasons before and after.
  An outcome is what the policy says; what else kept a case from a grant (the register, paper, safeguards) is not tried anew. What no policy
  judged, or was erased, cannot be tried: it is counted. How far it is stands on standard error; Ctrl-C stops it, and nothing was changed.
  --json prints {"active", "draft", "applications", "judged", "notTried", "changes": {"same", "granted -> referred", "referred -> granted",
  "granted otherwise", "referred otherwise"}, "before", "after": {"grants", "minutesPerWeek", "centsPerYear"}, "changed": [{"reference",
  "type", "municipality", "today", "change", "before", "after": {"grants", "grant", "reasons"}}]}, the first 10,000 changed cases.
)";

}  // namespace

std::string_view version() {
  return "0.1.0";
}

std::optional<std::string> help_text(const std::string& topic, const std::string& usage) {
  if (topic.empty())
    return usage + "\n" + std::string(exit_codes) +
           "\nMore: softbot help api | config | corrections | deadlines | dmn | import-provisions | policy | "
           "print-form | "
           "read\n";
  if (topic == "exit-codes") return std::string(exit_codes);
  if (topic == "api") return std::string(api);
  if (topic == "config") return std::string(config);
  if (topic == "corrections") return std::string(corrections);
  if (topic == "dmn") return std::string(models);
  if (topic == "policy") return std::string(policy_words);
  if (topic == "print-form") return std::string(print_form_words);
  if (topic == "read") return std::string(read_words);
  if (topic == "import-provisions") return std::string(provisions);
  if (topic == "deadlines") return std::string(deadlines_intro) + describe_event_kinds();
  return std::nullopt;
}

}  // namespace softbot::daemon
