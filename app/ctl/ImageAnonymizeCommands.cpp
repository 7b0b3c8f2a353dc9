// `naructl image anonymize`: copies without the patient. Originals are never touched, names of files say
// nothing, and a file that cannot be done is a row and no copy.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Anonymise.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/pool/DecoderPool.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSaveFile>

namespace naru::ctl {

namespace {
using imaging::AnonymiseOptions;

base::Error usage(const QString &what)
{
    return base::Error(errors::Usage, what, {{QStringLiteral("what"), what}});
}

struct KeepWord {
    const char *word;
    bool AnonymiseOptions::*option;
};
constexpr std::array keepWords{KeepWord{"dates", &AnonymiseOptions::keepDates},
    KeepWord{"device", &AnonymiseOptions::keepDevice},
    KeepWord{"institution", &AnonymiseOptions::keepInstitution},
    KeepWord{"patient", &AnonymiseOptions::keepPatient}, KeepWord{"uids", &AnonymiseOptions::keepUids},
    KeepWord{"descriptors", &AnonymiseOptions::keepDescriptors},
    KeepWord{"graphics", &AnonymiseOptions::keepGraphics}};

base::Result<AnonymiseOptions> optionsOf(const Arguments &arguments)
{
    AnonymiseOptions out;
    for (const QString &word :
        arguments.values("keep").join(QLatin1Char(',')).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool known = false;
        for (const KeepWord &row : keepWords) {
            if (word == QLatin1String(row.word)) {
                out.*row.option = true;
                known = true;
            }
        }
        if (!known)
            return usage(QStringLiteral(
                "--keep knows dates, device, institution, patient, uids, descriptors, graphics"));
    }
    if (arguments.has("shift-days")) {
        bool good = false;
        out.shiftDays = arguments.value("shift-days").toInt(&good);
        constexpr int Most = 36500;
        if (!good || qAbs(*out.shiftDays) > Most)
            return usage(QStringLiteral("--shift-days is a whole number of at most 36500 days"));
    }
    out.patientName = arguments.value("name");
    out.patientId = arguments.value("id");
    return out;
}

struct Input {
    QString path{};
    bool named = false; // given as such, not found in a folder
};

// The folder of the copies may lie inside a folder that is read.
std::vector<Input> inputsOf(const QStringList &paths, const QString &output)
{
    const QString own = QFileInfo(output).canonicalFilePath() + QLatin1Char('/');
    std::vector<Input> out;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            out.push_back({path, true});
            continue;
        }
        QStringList below;
        QDirIterator it(path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString file = it.next();
            if (!QFileInfo(file).canonicalFilePath().startsWith(own))
                below.append(file);
        }
        below.sort();
        for (const QString &file : below)
            out.push_back({file, false});
    }
    return out;
}

struct Copy {
    QString path{};
    QString code{}; // of an error
    QString message{};
    imaging::Anonymised done{};
};

// Pixels keep their form; what is not written here becomes explicit little endian.
QString syntaxFor(const imaging::ImageFacts &facts, const imaging::DataSetValue &set)
{
    constexpr quint32 PixelData = 0x7FE00010;
    const imaging::DataElement *pixels = set.find(PixelData);
    return pixels && pixels->bulk && pixels->bulk->encapsulated ? facts.transferSyntax : QString();
}

base::Result<imaging::Anonymised> copy(imaging::DecoderPool &pool, const imaging::Anonymiser &anonymiser,
    const QString &from, const QString &to, const base::WorkContext &work)
{
    const imaging::ImageSource source{.path = from};
    NARU_ASSIGN(const imaging::ImageFacts facts, pool.facts(source, work));
    if (facts.kind == imaging::Kind::Directory)
        return imaging::errors::WrongObject;
    NARU_ASSIGN(const imaging::DataSetValue set, pool.dataSet(source, {}, work));
    NARU_ASSIGN(imaging::Anonymised done, anonymiser.apply(set));
    QFile original(from);
    QSaveFile out(to);
    if (!original.open(QIODevice::ReadOnly))
        return imaging::errors::File;
    if (!out.open(QIODevice::WriteOnly))
        return base::Error(errors::OutputFile, out.errorString(), {{QStringLiteral("file"), to}});
    NARU_TRY(imaging::writePart10To(out, done.set,
        {.transferSyntax = syntaxFor(facts, done.set), .bulk = imaging::bulkReader(original.handle())}));
    if (!out.commit())
        return base::Error(errors::OutputFile, out.errorString(), {{QStringLiteral("file"), to}});
    return done;
}

QJsonObject rowOf(const Input &input, const QString &to, const base::Result<imaging::Anonymised> &done)
{
    QJsonObject row{{QStringLiteral("file"), input.path}, {QStringLiteral("done"), done.ok()}};
    if (!done) {
        row.insert(QStringLiteral("code"), QString::fromLatin1(done.error().code.id));
        row.insert(QStringLiteral("message"), say::sentence(done.error()));
        return row;
    }
    const imaging::AnonymiseCounts &counts = done->counts;
    row.insert(QStringLiteral("output"), to);
    row.insert(QStringLiteral("removed"), counts.removed);
    row.insert(QStringLiteral("emptied"), counts.emptied);
    row.insert(QStringLiteral("replaced"), counts.replaced);
    row.insert(QStringLiteral("uids"), counts.uids);
    row.insert(QStringLiteral("dates"), counts.dates);
    row.insert(QStringLiteral("cleaned"), counts.cleaned);
    row.insert(QStringLiteral("kept"), counts.kept);
    row.insert(QStringLiteral("warnings"), QJsonArray::fromStringList(done->warnings));
    return row;
}

base::Result<int> anonymize(Session &session, const Arguments &arguments, Output &output)
{
    const QString folder = arguments.value("output");
    if (folder.isEmpty())
        return usage(QStringLiteral("where should the copies go? -o DIR"));
    NARU_ASSIGN(const AnonymiseOptions options, optionsOf(arguments));
    NARU_ASSIGN(const imaging::Anonymiser anonymiser, imaging::Anonymiser::make(options));
    if (!QDir().mkpath(folder))
        return base::Error(errors::OutputFile, {}, {{QStringLiteral("file"), folder}});
    if (!QDir(folder).isEmpty())
        return usage(QStringLiteral("%1 is not empty").arg(folder));
    NARU_ASSIGN(const auto pool, imaging::DecoderPool::start({.workers = 1}));
    QJsonArray rows;
    QList<QStringList> lines;
    int written = 0, failed = 0;
    const std::vector<Input> inputs = inputsOf(arguments.positional, folder);
    for (const Input &input : inputs) {
        session.work.report("anonymize", written + failed, qint64(inputs.size()));
        const QString to =
            QDir(folder).filePath(QStringLiteral("IM%1.dcm").arg(written + 1, 6, 10, QLatin1Char('0')));
        const auto done = copy(*pool, anonymiser, input.path, to, session.work);
        if (session.work.stopRequested())
            return imaging::errors::Stopped;
        if (!done && done.error().is(imaging::errors::DecoderStart))
            return done.error();
        // A folder holds other things than images, and directories of images name the patient: passed over.
        const bool stranger = !done
            && (done.error().is(imaging::errors::NotDicom) || done.error().is(imaging::errors::WrongObject));
        if (stranger && !input.named)
            continue;
        (done ? written : failed) += 1;
        rows.append(rowOf(input, to, done));
        lines.append({input.path, done ? to : QStringLiteral("-"),
            done ? done->warnings.join(QStringLiteral(", ")) : say::sentence(done.error())});
    }
    output.setJson(QJsonObject{{QStringLiteral("written"), written}, {QStringLiteral("failed"), failed},
        {QStringLiteral("files"), rows}});
    output.table({say::word("file"), say::word("output"), say::word("remark")}, lines);
    return written > 0 && failed == 0 ? 0 : 1;
}
} // namespace

std::vector<Command> imageAnonymizeCommands()
{
    return {{"image", "anonymize", "IN...", 1, -1,
        "Copies of DICOM files without the patient (PS3.15 basic profile); text in the pixels is warned of, "
        "not removed",
        {{"output", "DIR", "-o: an empty folder for the copies"},
            {"keep", "WORDS", "dates,device,institution,patient,uids,descriptors,graphics"},
            {"shift-days", "N", "move all dates by so many days instead of removing them"},
            {"name", "NAME", "in place of the patient's name"},
            {"id", "ID", "in place of the patient's number"}},
        anonymize}};
}

} // namespace naru::ctl
