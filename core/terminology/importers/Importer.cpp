#include "core/terminology/importers/Importer.h"

#include "core/base/Errors.h"
#include "core/terminology/Errors.h"
#include "core/terminology/importers/HeaderSearch.h"
#include "core/terminology/importers/MasterReader.h"
#include "core/terminology/importers/ReleaseName.h"
#include "core/terminology/importers/TextTable.h"
#include "core/terminology/importers/Workbook.h"

#include <QFileInfo>

namespace naru::terminology {

using namespace importing;

namespace {
constexpr qint64 StepRows = 4096; // between two looks at the stop request

// The most frequent one first, so that an error in the first rows comes with the right column.
std::vector<char> separatorsOf(const QString &path)
{
    QFile file(path);
    const QByteArray begin = file.open(QIODevice::ReadOnly) ? file.read(64 * 1024) : QByteArray();
    std::vector<char> out{'\t', ',', ';'};
    std::stable_sort(out.begin(), out.end(), [&](char a, char b) { return begin.count(a) > begin.count(b); });
    return out;
}

class ImportRun {
public:
    ImportRun(const ImportOptions &options, const base::WorkContext &work)
        : m_options(options)
        , m_work(work)
    {
        m_out.master = options.master;
        m_headers.setMaster(options.master);
    }

    base::Result<ImportedMaster> run(const QStringList &files)
    {
        if (!m_options.master.isEmpty() && !isKnown(m_options.master))
            return base::Error(
                errors::ImportMasterUnknown, {}, {{QStringLiteral("master"), m_options.master}});
        for (const QString &file : files)
            m_totalBytes += QFileInfo(file).size();
        for (const QString &file : files) {
            m_file = QFileInfo(file).fileName();
            if (m_out.meta.version.isEmpty())
                m_out.meta.version = m_options.version.isEmpty() ? versionFromName(file) : m_options.version;
            NARU_TRY(readFile(file));
            m_doneBytes += QFileInfo(file).size();
            m_sources.append(m_file);
        }
        return finish();
    }

    // Of an import that failed: whatever was found until then.
    ImportReport report() { return m_done ? std::move(m_out.report) : std::move(m_log.report); }

private:
    static bool isKnown(const QString &master)
    {
        return std::any_of(layouts().begin(), layouts().end(),
            [&](const Layout &layout) { return layout.master == master; });
    }

    base::Status readFile(const QString &path)
    {
        const QFileInfo info(path);
        if (!info.exists() || info.isDir())
            return base::Error(
                base::errors::Io, QStringLiteral("no such file"), {{QStringLiteral("what"), m_file}});
        if (Workbook::isOldExcel(path))
            return base::Error(errors::ImportOldExcel, {}, {{QStringLiteral("file"), m_file}});
        return Workbook::isWorkbook(path) ? readWorkbook(path) : readText(path);
    }

    base::Status readText(const QString &path)
    {
        m_headers.startFile();
        for (const char separator : separatorsOf(path)) {
            NARU_ASSIGN(auto table, TextTable::open(path, separator));
            TableRow row;
            NARU_ASSIGN(const bool found, m_headers.find(*table, row, QFileInfo(path).completeBaseName()));
            if (found)
                return readRows(*table, row);
        }
        return m_headers.failure(m_file, {});
    }

    base::Status readWorkbook(const QString &path)
    {
        NARU_ASSIGN(const auto book, Workbook::open(path));
        m_headers.startFile();
        bool any = false;
        for (qsizetype i = 0; i < book->sheets().size(); ++i) {
            NARU_ASSIGN(const auto table, Workbook::rows(book, i));
            TableRow row;
            NARU_ASSIGN(const bool found, m_headers.find(*table, row, book->sheets()[i]));
            if (found)
                NARU_TRY(readRows(*table, row));
            any = any || found;
        }
        return any ? base::Status() : m_headers.failure(m_file, book->sheets());
    }

    void startMaster(const TableReader &table)
    {
        m_out.report.encoding = m_log.report.encoding = table.encoding();
        if (m_reader)
            return;
        m_out.master = m_headers.header().layout->master;
        m_headers.setMaster(m_out.master);
        m_out.meta.title = m_headers.header().layout->ko;
        m_reader = MasterReader::create(m_headers.header().layout->reader, m_log);
        m_reader->setSystem(
            m_options.forSystem.isEmpty() ? m_headers.header().layout->system : m_options.forSystem);
        // About 100 bytes a row in text, about 30 packed in a workbook: enough for a first guess.
        m_reader->reserve(
            std::min<qint64>(m_totalBytes / (table.encoding() == QLatin1String("xlsx") ? 45 : 90), 400'000));
        QDate from = m_options.validFrom;
        if (!from.isValid())
            from = dayOfVersion(m_out.meta.version);
        m_out.meta.validFrom = from;
        m_reader->setRetirement(from.isValid() ? from.addDays(-1) : QDate::currentDate().addDays(-1));
    }

    base::Status readRows(TableReader &table, TableRow &row)
    {
        startMaster(table);
        table.setCaptions(m_headers.header().captions);
        const RowView view(table.place(), m_headers.header(), row);
        for (const LayoutColumn *column : m_headers.header().missing)
            m_log.problem(view, column->caption,
                base::Error(errors::ImportColumnMissing, {},
                    {{QStringLiteral("file"), m_file},
                        {QStringLiteral("row"), QString::number(m_headers.header().row)},
                        {QStringLiteral("column"), column->caption},
                        {QStringLiteral("master"), m_out.master}}));
        const bool tabs = table.separator() == QLatin1String("\t");
        const bool text = !table.separator().isEmpty();
        for (qint64 count = 0;; ++count) {
            NARU_ASSIGN(const bool more, table.next(row));
            if (!more)
                break;
            if (count % StepRows == 0)
                NARU_TRY(pulse(table));
            if (++m_log.report.read > MaxRows)
                return base::Error(errors::ImportRowsTooMany, {},
                    {{QStringLiteral("file"), m_file}, {QStringLiteral("limit"), QString::number(MaxRows)}});
            if (text && !fieldsFit(view, row, tabs))
                continue;
            for (int i = 0; i < row.count; ++i)
                cleanText(row.cells[std::size_t(i)]);
            m_reader->add(view);
        }
        m_out.report.encoding = m_log.report.encoding = table.encoding();
        return {};
    }

    // Spreadsheets drop empty cells at the end of a tab-separated row; anywhere else a field too few or too
    // many means that the columns have moved.
    bool fieldsFit(const RowView &view, TableRow &row, bool tabs)
    {
        if (row.brokenQuote) {
            m_log.refuse(view, QString(), base::Error(errors::ImportQuote));
            return false;
        }
        int fields = row.count;
        while (fields > m_headers.header().fields && row.at(fields - 1).isEmpty())
            --fields;
        const bool few = fields < (tabs ? m_headers.header().neededFields : m_headers.header().fields);
        if (!few && fields <= m_headers.header().fields)
            return true;
        m_log.refuse(view, QString(),
            base::Error(errors::ImportFieldCount, {},
                {{QStringLiteral("fields"), QString::number(fields)},
                    {QStringLiteral("expected"), QString::number(m_headers.header().fields)}}));
        return false;
    }

    base::Status pulse(const TableReader &table)
    {
        if (m_work.stopRequested())
            return base::Error(base::errors::Stopped);
        const qint64 size = std::max<qint64>(table.size(), 1);
        m_work.report(
            "import", m_doneBytes + (m_totalBytes - m_doneBytes) * table.position() / size, m_totalBytes);
        return {};
    }

    base::Result<ImportedMaster> finish()
    {
        if (!m_reader)
            return base::Error(errors::ImportNothing, {}, {{QStringLiteral("file"), m_file}});
        m_out.terms = m_reader->finish();
        const bool unusable = m_log.firstRefused() && m_log.tooManyRefused();
        m_out.report = std::move(m_log.report);
        m_done = true;
        if (unusable) {
            const RowProblem &first = *m_log.firstRefused();
            base::Error error(errors::ImportTooManyRefused);
            error.with(QStringLiteral("file"), first.file)
                .with(QStringLiteral("row"), QString::number(first.row))
                .with(QStringLiteral("column"), first.column.isEmpty() ? QStringLiteral("1") : first.column)
                .with(QStringLiteral("refused"), QString::number(m_out.report.refused))
                .with(QStringLiteral("read"), QString::number(m_out.report.read));
            return error.because(first.error);
        }
        if (m_out.terms.empty())
            return base::Error(errors::ImportNothing, {}, {{QStringLiteral("file"), m_file}});
        m_out.meta.source = m_sources.join(QLatin1String(", "));
        m_work.report("import", m_totalBytes, m_totalBytes);
        return std::move(m_out);
    }

    const ImportOptions &m_options;
    const base::WorkContext &m_work;
    ImportLog m_log{};
    ImportedMaster m_out{};
    std::unique_ptr<MasterReader> m_reader{};
    HeaderSearch m_headers{};
    QString m_file{};
    QStringList m_sources{};
    qint64 m_totalBytes = 0, m_doneBytes = 0;
    bool m_done = false; // the report is complete
};
} // namespace

QStringList masterNames()
{
    QStringList out;
    QString last;
    for (const Layout &layout : layouts()) {
        if (layout.master != last)
            out.append(layout.master + u'\t' + layout.ko + u'\t' + layout.en);
        last = layout.master;
    }
    return out;
}

base::Result<ImportedMaster> importMaster(
    const QStringList &files, const ImportOptions &options, const base::WorkContext &work)
{
    ImportRun run(options, work);
    auto imported = run.run(files);
    if (!imported && options.partial)
        *options.partial = run.report();
    return imported;
}

} // namespace naru::terminology
