// The container of a workbook, read entry by entry and never unpacked to disk. Everything an archive says
// about itself is checked before the first byte is unpacked: names, number of entries, sizes, method.
#pragma once

#include "core/terminology/importers/ByteSource.h"

#include <QByteArray>
#include <QString>

#include <memory>

struct zip;
struct zip_file;

namespace naru::terminology::importing {

// The largest master unpacks to about 200 MB; text of a sheet packs 10 to 40 times. A bomb packs 1,000 times.
constexpr qint64 MaxUnpackedBytes = 400LL * 1024 * 1024;
constexpr qint64 MaxRatio = 60;
constexpr qint64 RatioFreeBytes = 16LL * 1024 * 1024; // below this no ratio is suspicious
constexpr int MaxEntries = 10'000;

class ZipEntry : public ByteSource {
public:
    // A broken stream, a wrong sum or more bytes than declared is an error.
    base::Result<qint64> read(char *target, qint64 room) override;
    base::Result<QByteArray> readAll(qint64 limit);
    qint64 size() const override { return m_size; }
    qint64 position() const override { return m_read; }
    QString name() const override { return m_name; }

private:
    friend class ZipArchive;
    struct Closer {
        void operator()(zip_file *file) const;
    };
    std::unique_ptr<zip_file, Closer> m_file;
    QString m_archive{}, m_name{};
    qint64 m_size = 0, m_read = 0;
};

class ZipArchive {
public:
    static base::Result<std::unique_ptr<ZipArchive>> open(const QString &path);

    bool contains(const QString &name) const;
    base::Result<std::unique_ptr<ZipEntry>> entry(const QString &name) const;
    const QString &file() const { return m_fileName; } // without path

private:
    struct Closer {
        void operator()(zip *archive) const;
    };
    base::Status check() const;

    std::unique_ptr<zip, Closer> m_zip;
    QString m_fileName{};
};

// An ImportWorkbook error; row and column 0 where the container itself is broken.
base::Error workbookError(const base::ErrorCode &code, const QString &file, const QString &what,
    qint64 row = 0, const QString &column = QStringLiteral("0"));

} // namespace naru::terminology::importing
