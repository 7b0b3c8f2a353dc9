// Files that survive a power cut: temporary file in the same folder, fsync, rename, fsync of the folder. And
// locks between processes: open-file-description locks, which vanish with the process, however it ends.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <functional>

namespace naru::security {

// Mode 0600. base.Io with the path's last part only: a path may hold a user's name, never a patient's.
base::Status replaceFile(const QString &path, const QByteArray &bytes);
base::Status syncFolder(const QString &folder);
base::Result<QByteArray> readFile(const QString &path, qint64 limit); // base.Io, base.TooLarge

class FileLock {
public:
    FileLock() = default;
    // Waits up to `milliseconds` (0: one try). base.Io when the file cannot be made; VaultBusy when somebody
    // else holds it.
    static base::Result<FileLock> acquire(const QString &path, int milliseconds);
    FileLock(FileLock &&other) noexcept;
    FileLock &operator=(FileLock &&other) noexcept;
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;
    ~FileLock();
    bool isHeld() const { return m_fd >= 0; }
    void release();

private:
    int m_fd = -1;
};

} // namespace naru::security
