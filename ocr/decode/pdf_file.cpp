#include "ocr/decode/pdf_file.h"

#include <cmath>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <stdexcept>
#include <vector>

#include "ocr/decode/pdf_content.h"

namespace softbot::ocr {
namespace {

constexpr double points_per_inch = 72;
constexpr std::size_t most_content = std::size_t{4} << 20;
constexpr std::size_t most_jpeg = std::size_t{64} << 20;
constexpr int largest_side = 1'000'000;

/// Hands on what is written, and gives up beyond a number of bytes: a small stream may grow without end.
class BoundedSink : public Pipeline {
 public:
  using Take = std::function<void(const unsigned char*, std::size_t)>;
  BoundedSink(std::size_t most, Take take)
      : Pipeline("bounded", nullptr), left_(most), take_(std::move(take)) {}
  void write(const unsigned char* data, std::size_t size) override {
    if (size > left_) throw std::runtime_error("more than expected");
    left_ -= size;
    take_(data, size);
  }
  void finish() override {}

 private:
  std::size_t left_;
  Take take_;
};

class ContentReader : public QPDFObjectHandle::ParserCallbacks {
 public:
  explicit ContentReader(OnePictureCheck& check) : check_(check) {}
  void handleObject(QPDFObjectHandle object) override {
    if (!object.isOperator()) {
      if (object.isNumber()) numbers_.push_back(object.getNumericValue());
      if (object.isName()) name_ = object.getName();
      if (object.isInlineImage()) check_.take("BI", {}, {});
      return;
    }
    check_.take(object.getOperatorValue(), numbers_, name_);
    numbers_.clear();
    name_.clear();
  }
  void handleEOF() override {}

 private:
  OnePictureCheck& check_;
  std::vector<double> numbers_;
  std::string name_;
};

int integer(QPDFObjectHandle object, int absent) {
  if (!object.isInteger()) return absent;
  const long long value = object.getIntValue();
  return value < -largest_side || value > largest_side ? absent : static_cast<int>(value);
}

QPDFObjectHandle only_of(QPDFObjectHandle object) {  // [ one ] is one
  return object.isArray() && object.getArrayNItems() == 1 ? object.getArrayItem(0) : object;
}

std::string stream_bytes(QPDFObjectHandle stream, qpdf_stream_decode_level_e level, std::size_t most) {
  std::string bytes;
  BoundedSink sink(most, [&](const unsigned char* data, std::size_t size) {
    bytes.append(reinterpret_cast<const char*>(data), size);
  });
  if (!stream.pipeStreamData(&sink, nullptr, 0, level, true, false)) return {};
  return bytes;
}

/// Annotations that would be printed: stamps, signatures, filled-in fields. Links show nothing.
bool has_visible_annotations(QPDFObjectHandle page) {
  auto annotations = page.getKey("/Annots");
  if (!annotations.isArray()) return false;
  for (int index = 0; index < annotations.getArrayNItems(); ++index) {
    auto subtype = annotations.getArrayItem(index).getKey("/Subtype");
    if (!subtype.isNameAndEquals("/Link") && !subtype.isNameAndEquals("/Popup")) return true;
  }
  return false;
}

/// How many components a plain colour space has; 0: it has to be drawn.
int components_of(QPDFObjectHandle space) {
  space = only_of(space);
  if (space.isNameAndEquals("/DeviceGray") || space.isNameAndEquals("/G")) return 1;
  if (space.isNameAndEquals("/DeviceRGB") || space.isNameAndEquals("/RGB")) return 3;
  if (!space.isArray() || space.getArrayNItems() < 2) return 0;
  auto family = space.getArrayItem(0);
  if (family.isNameAndEquals("/CalGray")) return 1;
  if (family.isNameAndEquals("/CalRGB")) return 3;
  if (family.isNameAndEquals("/ICCBased") && space.getArrayItem(1).isStream()) {
    const int count = integer(space.getArrayItem(1).getDict().getKey("/N"), 0);
    return count == 1 || count == 3 ? count : 0;
  }
  return 0;
}

std::string palette_of(QPDFObjectHandle space) {
  constexpr std::size_t most_palette = 256 * 3;
  auto table = space.getArrayItem(3);
  std::string colours;
  if (table.isString()) colours = table.getStringValue();
  if (table.isStream()) colours = stream_bytes(table, qpdf_dl_generalized, most_palette);
  const int components = components_of(space.getArrayItem(1));
  if (components == 3) return colours.substr(0, std::min(most_palette, colours.size() / 3 * 3));
  std::string result;
  if (components == 1) {
    for (const char level : colours.substr(0, 256)) result.append(3, level);
  }
  return result;
}

void set_colours(PdfPicture& picture, QPDFObjectHandle image) {
  auto space = image.getKey("/ColorSpace");
  picture.bits = integer(image.getKey("/BitsPerComponent"), 0);
  picture.components = components_of(space);
  if (picture.components == 0 && space.isArray() && space.getArrayNItems() == 4 &&
      space.getArrayItem(0).isNameAndEquals("/Indexed")) {
    picture.palette = palette_of(space);
    picture.components = picture.palette.empty() ? 0 : 1;
  }
  auto decode = image.getKey("/Decode");
  if (!decode.isArray()) return;
  const bool pair = decode.getArrayNItems() == 2 && picture.palette.empty() && picture.components == 1 &&
                    decode.getArrayItem(0).isNumber() && decode.getArrayItem(1).isNumber();
  const double from = pair ? decode.getArrayItem(0).getNumericValue() : -1;
  const double to = pair ? decode.getArrayItem(1).getNumericValue() : -1;
  if (from == 1 && to == 0) {
    picture.inverted = true;
  } else if (from != 0 || to != 1) {
    picture.components = 0;
  }
}

bool is_plain(QPDFObjectHandle image) {
  for (const char* key : {"/SMask", "/Mask", "/OC", "/SMaskInData", "/Matte"}) {
    if (!image.getKey(key).isNull()) return false;
  }
  auto mask = image.getKey("/ImageMask");
  return image.getKey("/Subtype").isNameAndEquals("/Image") && !(mask.isBool() && mask.getBoolValue());
}

void set_fax(PdfPicture& picture, QPDFObjectHandle stream, QPDFObjectHandle parameters) {
  const auto flag = [&](const char* key) {
    auto value = parameters.getKey(key);
    return value.isBool() && value.getBoolValue();
  };
  const bool has_parameters = parameters.isDictionary();
  if (has_parameters && flag("/EncodedByteAlign")) return;
  picture.fax_k = has_parameters ? integer(parameters.getKey("/K"), 0) : 0;
  picture.fax_columns = has_parameters ? integer(parameters.getKey("/Columns"), 1728) : 1728;
  if (has_parameters && flag("/BlackIs1")) picture.inverted = !picture.inverted;
  if (picture.fax_columns != picture.width || picture.components != 1 || !picture.palette.empty()) return;
  picture.encoded = stream_bytes(stream, qpdf_dl_none, most_jpeg);
  if (!picture.encoded.empty()) picture.coding = PdfPicture::Coding::fax;
}

bool may_be_samples(const PdfPicture& picture) {
  if (picture.components == 3) return picture.bits == 8;
  return picture.components == 1 &&
         (picture.bits == 1 || picture.bits == 2 || picture.bits == 4 || picture.bits == 8);
}

/// Whether libqpdf undoes this filter itself, whatever its parameters.
bool is_lossless(QPDFObjectHandle filter) {
  for (const char* name : {"/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode"}) {
    if (filter.isNameAndEquals(name)) return true;
  }
  return filter.isNull();
}

void set_coding(PdfPicture& picture, QPDFObjectHandle stream) {
  auto image = stream.getDict();
  auto filter = only_of(image.getKey("/Filter"));
  auto parameters = only_of(image.getKey("/DecodeParms"));
  if (filter.isNameAndEquals("/DCTDecode")) {
    const bool usual = picture.components != 0 && !picture.inverted && !parameters.isDictionary();
    if (!usual) return;
    picture.encoded = stream_bytes(stream, qpdf_dl_none, most_jpeg);
    if (!picture.encoded.empty()) picture.coding = PdfPicture::Coding::jpeg;
  } else if (filter.isNameAndEquals("/CCITTFaxDecode")) {
    set_fax(picture, stream, parameters);
  } else if (is_lossless(filter) && may_be_samples(picture)) {
    picture.coding = PdfPicture::Coding::samples;
  }
}

}  // namespace

struct PdfFile::Parts {
  QPDF document;
  std::vector<QPDFPageObjectHelper> pages;
  State state = State::damaged;

  struct Found {
    QPDFObjectHandle stream;
    OnePictureCheck::Area area;
    double width = 0;
    double height = 0;
    bool found = false;
  };
  Found find(QPDFPageObjectHelper& page);
};

/// The one picture on a page, when there is exactly one.
PdfFile::Parts::Found PdfFile::Parts::find(QPDFPageObjectHelper& page) {
  Found found;
  auto object = page.getObjectHandle();
  auto box = page.getCropBox(false);
  if (!box.isRectangle() || has_visible_annotations(object) || !object.getKey("/UserUnit").isNull())
    return found;
  const auto rectangle = box.getArrayAsRectangle();
  found.area = {rectangle.llx, rectangle.lly, rectangle.urx, rectangle.ury};
  std::string content;
  BoundedSink sink(most_content, [&](const unsigned char* data, std::size_t size) {
    content.append(reinterpret_cast<const char*>(data), size);
  });
  page.pipeContents(&sink);
  OnePictureCheck check(found.area);
  ContentReader reader(check);
  QPDFObjectHandle::newStream(&document, content).parseAsContents(&reader);
  if (!check.holds()) return found;
  auto resources = page.getAttribute("/Resources", false);
  found.stream = resources.getKey("/XObject").getKey(check.picture());
  found.width = check.placed_width();
  found.height = check.placed_height();
  found.found = found.stream.isStream() && is_plain(found.stream.getDict());
  return found;
}

PdfFile::PdfFile(const std::string& bytes) : parts_(std::make_unique<Parts>()) {
  try {
    parts_->document.setSuppressWarnings(true);
    parts_->document.processMemoryFile("scan", bytes.data(), bytes.size());
    parts_->pages = QPDFPageDocumentHelper(parts_->document).getAllPages();
    parts_->state = State::open;
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) parts_->state = State::encrypted;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    parts_->state = State::damaged;
  }
}

PdfFile::~PdfFile() = default;

PdfFile::State PdfFile::state() const {
  return parts_->state;
}

int PdfFile::pages() const {
  return static_cast<int>(parts_->pages.size());
}

PdfPicture PdfFile::picture(int page) const {
  try {
    auto& helper = parts_->pages.at(static_cast<std::size_t>(page));
    auto found = parts_->find(helper);
    if (!found.found) return {};
    PdfPicture picture;
    auto image = found.stream.getDict();
    picture.width = integer(image.getKey("/Width"), 0);
    picture.height = integer(image.getKey("/Height"), 0);
    if (picture.width <= 0 || picture.height <= 0) return {};
    picture.dpi_x = picture.width / found.width * points_per_inch;
    picture.dpi_y = picture.height / found.height * points_per_inch;
    const int rotation = integer(helper.getAttribute("/Rotate", false), 0);
    if (rotation % 90 != 0) return {};
    picture.rotation = ((rotation % 360) + 360) % 360;
    set_colours(picture, image);
    set_coding(picture, found.stream);
    return picture;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return {};
  }
}

bool PdfFile::stream_samples(int page, std::size_t most,
                             const std::function<void(const unsigned char*, std::size_t)>& take) const {
  try {
    auto found = parts_->find(parts_->pages.at(static_cast<std::size_t>(page)));
    if (!found.found) return false;
    BoundedSink sink(most, take);
    bool filtered = false;
    return found.stream.pipeStreamData(&sink, &filtered, 0, qpdf_dl_all, true, false);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace softbot::ocr
