#include "ocr/page/encode.h"

#include <jpeglib.h>
#include <png.h>

#include <csetjmp>
#include <cstdlib>
#include <memory>

namespace softbot::ocr {
namespace {

struct PngFree {
  void operator()(png_image* image) const { png_image_free(image); }
};

/// libjpeg ends the process on an error unless it is told to jump.
struct JpegErrors {
  jpeg_error_mgr manager{};
  std::jmp_buf back{};
};

[[noreturn]] void jump_back(j_common_ptr info) {
  std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->back, 1);  // NOLINT: how libjpeg reports
}

/// Plain values only: a jump may leave it. True when `buffer` holds the whole picture.
bool compress(const GrayImage& image, int quality, unsigned char** buffer, unsigned long* size) {
  jpeg_compress_struct info{};
  JpegErrors errors;
  info.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = jump_back;
  if (setjmp(errors.back) != 0) {  // NOLINT: how libjpeg reports
    jpeg_destroy_compress(&info);
    return false;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, buffer, size);
  info.image_width = static_cast<JDIMENSION>(image.width);
  info.image_height = static_cast<JDIMENSION>(image.height);
  info.input_components = 1;
  info.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    const auto offset = static_cast<std::size_t>(info.next_scanline) * static_cast<std::size_t>(image.width);
    JSAMPROW row = const_cast<JSAMPROW>(&image.pixels[offset]);  // NOLINT: libjpeg reads only
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return true;
}

}  // namespace

std::string png_of(const GrayImage& image) {
  if (image.empty()) return {};
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(image.width);
  header.height = static_cast<png_uint_32>(image.height);
  header.format = PNG_FORMAT_GRAY;
  header.flags = PNG_IMAGE_FLAG_FAST;
  const std::unique_ptr<png_image, PngFree> guard(&header);
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(header);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&header, bytes.data(), &size, 0, image.pixels.data(), 0, nullptr) == 0)
    return {};
  bytes.resize(size);
  return bytes;
}

std::string jpeg_of(const GrayImage& image, int quality) {
  if (image.empty()) return {};
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  const bool whole = compress(image, quality, &buffer, &size);
  struct Free {
    void operator()(unsigned char* memory) const { std::free(memory); }  // NOLINT: libjpeg's own malloc
  };
  const std::unique_ptr<unsigned char, Free> guard(buffer);
  if (!whole || buffer == nullptr) return {};
  return {reinterpret_cast<const char*>(buffer), size};  // NOLINT: bytes are bytes
}

}  // namespace softbot::ocr
