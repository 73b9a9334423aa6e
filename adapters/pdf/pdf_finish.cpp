#include "adapters/pdf/pdf_finish.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace softbot::pdf {
namespace {

/// Goes through the structure tree and completes Figure and TH.
class StructureFinisher {
 public:
  explicit StructureFinisher(const std::vector<std::string>& figures) : figures_(figures) {}

  void finish(QPDFObjectHandle element, int depth) {
    constexpr int kDeepest = 60;
    if (depth > kDeepest) {
      return;
    }
    if (element.isArray()) {
      for (int index = 0; index < element.getArrayNItems(); ++index) {
        finish(element.getArrayItem(index), depth + 1);
      }
      return;
    }
    if (!element.isDictionary()) {
      return;
    }
    if (element.getKey("/S").isNameAndEquals("/Figure") && figure_ < figures_.size()) {
      element.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(figures_[figure_++]));
    }
    if (element.getKey("/S").isNameAndEquals("/TH")) {
      element.replaceKey("/A", QPDFObjectHandle::parse("<< /O /Table /Scope /Row >>"));
    }
    finish(element.getKey("/K"), depth + 1);
  }

 private:
  const std::vector<std::string>& figures_;
  std::size_t figure_ = 0;
};

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      result += c;
    }
  }
  return result;
}

/// XMP: what programs that do not open the PDF look at.
std::string metadata_of(const PdfProperties& properties) {
  return R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">)" +
         escaped(properties.title) + R"(</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>)" +
         escaped(properties.language) + R"(</rdf:li></rdf:Bag></dc:language>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>)";
}

void complete(QPDF& document, const PdfProperties& properties) {
  auto root = document.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(properties.language));
  root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
  root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
  auto stream = QPDFObjectHandle::newStream(&document, metadata_of(properties));
  stream.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
  stream.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
  root.replaceKey("/Metadata", document.makeIndirectObject(stream));
  // The moment of printing says nothing that the letter's date does not say, and would make two prints
  // differ.
  auto info = document.getTrailer().getKey("/Info");
  if (info.isDictionary()) {
    info.removeKey("/CreationDate");
    info.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(properties.title));
  }
  StructureFinisher(properties.figures).finish(root.getKey("/StructTreeRoot").getKey("/K"), 0);
}

/// Puts each page of `around` under the page of the same number, as an artifact: readers skip it.
void add_furniture(QPDF& document, QPDF& around) {
  auto pages = QPDFPageDocumentHelper(document).getAllPages();
  auto frames = QPDFPageDocumentHelper(around).getAllPages();
  for (std::size_t index = 0; index < std::min(pages.size(), frames.size()); ++index) {
    auto& page = pages[index];
    const auto frame = document.copyForeignObject(frames[index].getFormXObjectForPage());
    auto resources = page.getAttribute("/Resources", true);
    if (!resources.getKey("/XObject").isDictionary()) {
      resources.replaceKey("/XObject", QPDFObjectHandle::newDictionary());
    }
    resources.getKey("/XObject").replaceKey("/Furniture", frame);
    page.addPageContents(QPDFObjectHandle::newStream(&document, "/Artifact BMC\nq /Furniture Do Q\nEMC\n"),
                         true);
  }
}

}  // namespace

std::string finish_pdf(const std::string& pdf, const std::string& furniture,
                       const PdfProperties& properties) {
  QPDF document;
  document.setSuppressWarnings(true);
  document.processMemoryFile("document", pdf.data(), pdf.size());
  QPDF around;
  around.setSuppressWarnings(true);
  around.processMemoryFile("furniture", furniture.data(), furniture.size());
  add_furniture(document, around);
  complete(document, properties);
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  const std::shared_ptr<Buffer> written = writer.getBufferSharedPointer();
  return std::string(reinterpret_cast<const char*>(written->getBuffer()), written->getSize());
}

}  // namespace softbot::pdf
