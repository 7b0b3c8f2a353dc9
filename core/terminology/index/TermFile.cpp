#include "core/terminology/index/TermFile.h"

#include "core/terminology/Errors.h"
#include "core/terminology/KeySpelling.h"

#include <QDataStream>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <unordered_map>

// Provisional: everything in memory, linear answers. The mapped suffix array takes its place.
namespace naru::terminology {

namespace {
constexpr int kindScore[] = {8000, 7000, 6000, 5000, 4000, 3000, 2000, 1000, 500, 100};
constexpr quint32 magic = 0x4E544D31;

struct Text {
    QByteArray bytes{}, initials{};
    std::vector<Spelled::Position> starts{}, initialStarts{};
    QString shown{};
    TermHit::Source source = TermHit::Source::Korean;
};
struct Found {
    int score = -1;
    const Text *text = nullptr;
    MatchKind kind = MatchKind::Inside;
};

QDataStream &operator<<(QDataStream &out, const Concept &t)
{
    out << t.system << t.code << t.conceptCode << t.ko << t.en << t.synonyms << t.aliases << t.parent
        << t.field << t.category << t.unit << t.help << t.validFrom << t.validTo << t.replacedBy << t.complete
        << t.mainAllowed << t.notifiable << t.koreanMedicine << t.axis << int(t.sex) << t.ageFrom << t.ageTo
        << t.weight << int(t.links.size());
    for (const CodeLink &link : t.links)
        out << link.system << link.code;
    return out;
}
QDataStream &operator>>(QDataStream &in, Concept &t)
{
    int sex = 0, links = 0;
    in >> t.system >> t.code >> t.conceptCode >> t.ko >> t.en >> t.synonyms >> t.aliases >> t.parent
        >> t.field >> t.category >> t.unit >> t.help >> t.validFrom >> t.validTo >> t.replacedBy >> t.complete
        >> t.mainAllowed >> t.notifiable >> t.koreanMedicine >> t.axis >> sex >> t.ageFrom >> t.ageTo
        >> t.weight >> links;
    t.sex = Sex(char(sex));
    for (int i = 0; i < links && in.status() == QDataStream::Ok; ++i) {
        CodeLink link;
        in >> link.system >> link.code;
        t.links.push_back(link);
    }
    return in;
}
} // namespace

struct TermFile::Data {
    IndexMeta meta{};
    std::vector<Concept> terms{};
    std::vector<std::vector<Text>> texts{};
    qint64 bytes = 0;

    void add(size_t id, const QString &shown, TermHit::Source source)
    {
        if (shown.isEmpty())
            return;
        Text text;
        const Spelled spelled = spell(shown);
        text.bytes = spelled.bytes;
        for (const auto &position : spelled.positions) {
            if (source == TermHit::Source::Code
                    ? position.at == 0
                    : source != TermHit::Source::English || position.start != Spelled::Start::Inside)
                text.starts.push_back(position);
        }
        if (source != TermHit::Source::Code && source != TermHit::Source::English) {
            const Spelled initials = spellInitials(shown);
            text.initials = initials.bytes;
            text.initialStarts = initials.positions;
        }
        text.shown = shown;
        text.source = source;
        texts[id].push_back(std::move(text));
    }
    void index(bool codes)
    {
        std::stable_sort(terms.begin(), terms.end(), [](const Concept &a, const Concept &b) {
            return a.system != b.system ? a.system < b.system : a.code < b.code;
        });
        terms.erase(
            std::unique(terms.begin(), terms.end(),
                [](const Concept &a, const Concept &b) { return a.system == b.system && a.code == b.code; }),
            terms.end());
        texts.resize(terms.size());
        for (size_t i = 0; i < terms.size(); ++i) {
            const Concept &term = terms[i];
            if (codes)
                add(i, term.code, TermHit::Source::Code);
            add(i, term.ko, TermHit::Source::Korean);
            add(i, term.en, TermHit::Source::English);
            for (const QString &text : term.synonyms)
                add(i, text, TermHit::Source::Synonym);
            for (const QString &text : term.aliases)
                add(i, text, TermHit::Source::Alias);
        }
    }
    static void rate(const Text &text, const QByteArray &token, const QByteArray &in,
        const std::vector<Spelled::Position> &starts, std::optional<MatchKind> forced, Found &best)
    {
        for (const auto &position : starts) {
            if (!QByteArrayView(in).sliced(position.at).startsWith(token))
                continue;
            const bool whole = position.at == 0 && in.size() == token.size();
            MatchKind kind = position.start == Spelled::Start::Name ? MatchKind::NameStart
                : position.start == Spelled::Start::Word            ? MatchKind::WordStart
                                                                    : MatchKind::Inside;
            if (text.source == TermHit::Source::Code)
                kind = whole ? MatchKind::CodeExact : MatchKind::CodePrefix;
            else if (whole)
                kind = MatchKind::NameExact;
            if (forced)
                kind = *forced;
            const int score = kindScore[int(kind)] - std::min<int>(int(text.shown.size()), 200) * 2;
            if (score > best.score)
                best = {score, &text, kind};
        }
    }
    Found findToken(size_t id, const QString &token) const
    {
        Found best;
        const QByteArray bytes = spell(token).bytes;
        const QByteArray other = otherLayout(token);
        const bool initials =
            token.size() >= 2 && token[0].unicode() >= 0x3131 && token[0].unicode() <= 0x314E;
        for (const Text &text : texts[id]) {
            rate(text, bytes, text.bytes, text.starts, std::nullopt, best);
            if (initials)
                rate(text, bytes, text.initials, text.initialStarts, MatchKind::Initials, best);
            if (other.size() >= 3)
                rate(text, other, text.bytes, text.starts, MatchKind::OtherLayout, best);
        }
        return best;
    }
};

TermFile::TermFile(std::unique_ptr<Data> data)
    : m_data(std::move(data))
{
}
TermFile::~TermFile() = default;

base::Status TermFile::write(
    const QString &path, const IndexMeta &meta, std::vector<Concept> terms, const base::WorkContext &)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return base::Error(errors::IndexNotThere, file.errorString(), {{QStringLiteral("file"), path}});
    QDataStream out(&file);
    out << magic << meta.title << meta.version << meta.source << meta.validFrom << meta.validTo
        << int(terms.size());
    for (const Concept &term : terms)
        out << term;
    if (!file.commit())
        return base::Error(errors::IndexNotThere, file.errorString(), {{QStringLiteral("file"), path}});
    return {};
}

std::shared_ptr<const TermFile> TermFile::inMemory(
    const IndexMeta &meta, std::vector<Concept> terms, bool codes)
{
    auto data = std::make_unique<Data>();
    data->meta = meta;
    data->terms = std::move(terms);
    data->index(codes);
    return std::shared_ptr<const TermFile>(new TermFile(std::move(data)));
}

base::Result<std::shared_ptr<const TermFile>> TermFile::open(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error(errors::IndexNotThere, file.errorString(), {{QStringLiteral("file"), name}});
    QDataStream in(&file);
    quint32 found = 0;
    IndexMeta meta;
    int count = 0;
    in >> found >> meta.title >> meta.version >> meta.source >> meta.validFrom >> meta.validTo >> count;
    const auto damaged = [&] {
        return base::Error(errors::IndexDamaged, {},
            {{QStringLiteral("file"), name}, {QStringLiteral("what"), QStringLiteral("header")}});
    };
    if (found != magic || count < 0)
        return damaged();
    std::vector<Concept> terms;
    for (int i = 0; i < count; ++i) {
        terms.emplace_back();
        in >> terms.back();
        if (in.status() != QDataStream::Ok)
            return damaged();
    }
    return inMemory(meta, std::move(terms));
}

const IndexMeta &TermFile::meta() const
{
    return m_data->meta;
}
base::Status TermFile::verify() const
{
    return {};
}
int TermFile::size() const
{
    return int(m_data->terms.size());
}
QStringList TermFile::systems() const
{
    return counts().keys();
}
QHash<QString, int> TermFile::counts() const
{
    QHash<QString, int> out;
    for (const Concept &term : m_data->terms)
        ++out[term.system];
    return out;
}
qint64 TermFile::bytes() const
{
    return m_data->bytes;
}
Concept TermFile::at(int id) const
{
    return id >= 0 && id < size() ? m_data->terms[size_t(id)] : Concept();
}
int TermFile::find(const QString &system, QStringView code) const
{
    const auto &terms = m_data->terms;
    const auto it = std::lower_bound(terms.begin(), terms.end(), code, [&](const Concept &t, QStringView c) {
        return t.system != system ? t.system < system : QStringView(t.code) < c;
    });
    return it != terms.end() && it->system == system && it->code == code ? int(it - terms.begin()) : -1;
}
std::vector<int> TermFile::children(int id) const
{
    std::vector<int> out;
    const Concept own = at(id);
    for (int i = 0; i < size() && !own.code.isEmpty(); ++i) {
        if (m_data->terms[size_t(i)].parent == own.code && m_data->terms[size_t(i)].system == own.system)
            out.push_back(i);
    }
    return out;
}
std::vector<int> TermFile::linkedFrom(const QString &system, QStringView code) const
{
    std::vector<int> out;
    for (int i = 0; i < size(); ++i) {
        for (const CodeLink &link : m_data->terms[size_t(i)].links) {
            if (link.system == system && link.code == code) {
                out.push_back(i);
                break;
            }
        }
    }
    return out;
}

void TermFile::judge(TermHit &hit, int id, const TermFilter &filter) const
{
    const Concept &term = m_data->terms[size_t(id)];
    const QDate day = filter.day.isValid() ? filter.day : QDate::currentDate();
    hit.retired = !term.validOn(day);
    hit.sexConflict =
        filter.subject.sex != Sex::Any && term.sex != Sex::Any && filter.subject.sex != term.sex;
    hit.ageConflict = filter.subject.age >= 0
        && (filter.subject.age < term.ageFrom || (term.ageTo > 0 && filter.subject.age > term.ageTo));
    if (!term.complete)
        hit.children = int(children(id).size());
    if (filter.usage) {
        const auto counts = filter.usage->counts.value(TermUsage::key(term.system, term.code));
        hit.favourite = counts.favourite;
        hit.used = counts.patient + counts.doctor + counts.clinic > 0;
        hit.score += hit.used ? 400 : 0;
    }
    if (hit.retired)
        hit.score -= 100000;
}

bool TermFile::before(const TermHit &a, const TermHit &b)
{
    if (a.score != b.score)
        return a.score > b.score;
    if (a.term.ko.size() != b.term.ko.size())
        return a.term.ko.size() < b.term.ko.size();
    return a.term.system != b.term.system ? a.term.system < b.term.system : a.term.code < b.term.code;
}

TermAnswer TermFile::searchWords(QStringView query, const TermFilter &filter) const
{
    TermAnswer out;
    if (query.size() > 200)
        return out;
    QStringList tokens;
    for (const QString &token : query.toString().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!spell(token).bytes.isEmpty() && tokens.size() < 8)
            tokens += token;
    }
    if (tokens.isEmpty())
        return out;
    for (size_t i = 0; i < m_data->terms.size(); ++i) {
        const Concept &term = m_data->terms[i];
        if ((!filter.systems.isEmpty() && !filter.systems.contains(term.system))
            || (!filter.categories.isEmpty() && !filter.categories.contains(term.category))
            || (!filter.fields.isEmpty() && !filter.fields.contains(term.field))
            || (term.axis && !filter.axisStrings))
            continue;
        Found worst;
        for (const QString &token : tokens) {
            const Found found = m_data->findToken(i, token);
            if (!worst.text || found.score < worst.score)
                worst = found;
            if (found.score < 0)
                break;
        }
        if (worst.score < 0)
            continue;
        TermHit hit;
        hit.term = term;
        hit.matched = worst.text->shown;
        hit.source = worst.text->source;
        hit.kind = worst.kind;
        hit.score = worst.score + term.weight / 10;
        judge(hit, int(i), filter);
        out.hits.push_back(std::move(hit));
    }
    std::sort(out.hits.begin(), out.hits.end(), before);
    if (int(out.hits.size()) > std::clamp(filter.limit, 1, 500))
        out.hits.resize(size_t(std::clamp(filter.limit, 1, 500)));
    return out;
}

TermAnswer TermFile::search(QStringView query, const TermFilter &filter) const
{
    return searchWords(query, filter);
}

} // namespace naru::terminology
