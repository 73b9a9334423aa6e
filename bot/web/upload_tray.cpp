#include "web/upload_tray.h"

#include <algorithm>

namespace softbot::web {

UploadTray::Added UploadTray::add(const std::string& form, TrayFile file, Instant now) const {
  const std::lock_guard lock(mutex_);
  drop_old(now);
  Form& kept = forms_[form];
  const auto same = [&](const TrayFile& each) {
    return each.part == file.part && each.kind == file.kind && each.name == file.name &&
           each.bytes == file.bytes;
  };
  if (std::any_of(kept.files.begin(), kept.files.end(), same)) {
    kept.touched = now;
    return Added::yes;
  }
  if (kept.files.size() >= limits_.files_per_form) {
    return Added::too_many;
  }
  if (kept.bytes + file.bytes.size() > limits_.bytes_per_form) {
    return Added::too_large;
  }
  kept.touched = now;
  kept.bytes += file.bytes.size();
  total_ += file.bytes.size();
  file.id = std::to_string(kept.next++);
  kept.files.push_back(std::move(file));
  while (total_ > limits_.total_bytes && forms_.size() > 1) {
    auto oldest = forms_.end();
    for (auto it = forms_.begin(); it != forms_.end(); ++it) {
      if (it->first != form && (oldest == forms_.end() || it->second.touched < oldest->second.touched)) {
        oldest = it;
      }
    }
    total_ -= oldest->second.bytes;
    forms_.erase(oldest);
  }
  return Added::yes;
}

void UploadTray::remove(const std::string& form, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = forms_.find(form);
  if (found == forms_.end()) {
    return;
  }
  std::vector<TrayFile>& files = found->second.files;
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const TrayFile& each) { return each.id == id; });
  if (file != files.end()) {
    found->second.bytes -= file->bytes.size();
    total_ -= file->bytes.size();
    files.erase(file);
  }
}

void UploadTray::forget(const std::string& form) const {
  const std::lock_guard lock(mutex_);
  const auto found = forms_.find(form);
  if (found == forms_.end()) return;
  total_ -= found->second.bytes;
  forms_.erase(found);
}

std::vector<TrayFile> UploadTray::files(const std::string& form, Instant now) const {
  const std::lock_guard lock(mutex_);
  drop_old(now);
  const auto found = forms_.find(form);
  if (found == forms_.end()) {
    return {};
  }
  found->second.touched = now;
  return found->second.files;
}

void UploadTray::drop_old(Instant now) const {
  for (auto it = forms_.begin(); it != forms_.end();) {
    if (it->second.touched + limits_.keep < now) {
      total_ -= it->second.bytes;
      it = forms_.erase(it);
    } else {
      ++it;
    }
  }
}

}  // namespace softbot::web
