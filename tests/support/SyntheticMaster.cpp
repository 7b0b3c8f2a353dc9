#include "tests/support/SyntheticMaster.h"

#include "core/base/Oid.h"
#include "tests/support/SyntheticWords.h"

#include <cmath>
#include <numeric>

namespace naru::testsupport {

using terminology::CodeLink;
using terminology::Concept;

namespace {
// SplitMix64 (public domain): the same numbers everywhere, unlike std::uniform_int_distribution.
class Random {
public:
    explicit Random(quint64 seed)
        : m_state(seed * 0x9E3779B97F4A7C15ULL + 1)
    {
    }
    quint64 next()
    {
        quint64 z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    int below(int n) { return int(next() % quint64(n)); }
    bool oneIn(int n) { return below(n) == 0; }

private:
    quint64 m_state;
};

// Walks all combinations of the lists in an order without repetition that mixes them.
class Mixer {
public:
    Mixer(std::initializer_list<std::size_t> sizes, quint32 seed)
        : m_sizes(sizes)
        , m_total(1)
    {
        for (const std::size_t size : m_sizes)
            m_total *= size;
        m_stride = quint64(double(m_total) * 0.6180339887) | 1;
        while (std::gcd(m_stride, m_total) != 1)
            m_stride += 2;
        m_at = (quint64(seed) * 7919) % m_total;
    }
    std::vector<std::size_t> next()
    {
        m_at = (m_at + m_stride) % m_total;
        std::vector<std::size_t> out;
        quint64 rest = m_at;
        for (const std::size_t size : m_sizes) {
            out.push_back(rest % size);
            rest /= size;
        }
        return out;
    }

private:
    std::vector<std::size_t> m_sizes;
    quint64 m_total;
    quint64 m_stride = 1;
    quint64 m_at = 0;
};

QString ko(const words::Word &word)
{
    return QString::fromUtf8(word.ko);
}
QString en(const words::Word &word)
{
    return QString::fromUtf8(word.en);
}
QString capital(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}
QString digits(int value, int width)
{
    return QStringLiteral("%1").arg(value, width, 10, QLatin1Char('0'));
}

// One way of making names; make() fills ko, en, axis.
class NameSource {
public:
    explicit NameSource(quint32 seed)
        : m_disease({words::conditions().size(), words::sites().size(), words::qualifiers().size(),
                        words::sides().size()},
            seed)
        , m_act({words::operations().size(), words::sites().size(), words::approaches().size(),
                    words::sides().size()},
              seed)
        , m_lab({words::analytes().size(), words::specimens().size(), words::methods().size(),
                    words::properties().size(), words::scales().size()},
              seed)
        , m_image({words::modalities().size(), words::sites().size(), words::views().size(),
                      words::sides().size()},
              seed)
        , m_dental({32, words::conditions().size(), words::qualifiers().size()}, seed)
        , m_drug({words::drugs().size(), words::makers().size(), words::forms().size(),
                     words::strengths().size()},
              seed)
        , m_nursing(
              {words::nursingFoci().size(), words::recipients().size(), words::nursingJudgements().size(), 6},
              seed)
        , m_public(
              {words::publicSubjects().size(), words::recipients().size(), words::publicServices().size(), 6},
              seed)
        , m_korean({words::koreanOrgans().size(), words::koreanPatterns().size(), words::qualifiers().size()},
              seed)
        , m_finding({words::organisms().size(), words::specimens().size(), words::findings().size(),
                        words::recipients().size()},
              seed)
    {
    }

    void disease(Concept &t)
    {
        const auto i = m_disease.next();
        const auto &c = words::conditions()[i[0]], &s = words::sites()[i[1]], &q = words::qualifiers()[i[2]],
                   &side = words::sides()[i[3]];
        t.ko = ko(q) + u' ' + ko(s) + QStringLiteral("의 ") + ko(c);
        t.en = en(q) + u' ' + en(c) + QStringLiteral(" of ") + en(s);
        if (*side.ko) {
            t.ko += QStringLiteral(", ") + ko(side);
            t.en += QStringLiteral(", ") + en(side);
        }
    }
    void act(Concept &t)
    {
        const auto i = m_act.next();
        const auto &o = words::operations()[i[0]], &s = words::sites()[i[1]], &a = words::approaches()[i[2]],
                   &side = words::sides()[i[3]];
        t.ko = ko(a) + u' ' + ko(s) + u' ' + ko(o);
        t.en = en(a) + u' ' + en(o) + QStringLiteral(" of ") + en(s);
        if (*side.ko) {
            t.ko += QStringLiteral(" [") + ko(side) + u']';
            t.en += QStringLiteral(", ") + en(side);
        }
    }
    void laboratory(Concept &t, bool axis)
    {
        const auto i = m_lab.next();
        const auto &a = words::analytes()[i[0]], &sp = words::specimens()[i[1]], &m = words::methods()[i[2]],
                   &p = words::properties()[i[3]], &sc = words::scales()[i[4]];
        t.axis = axis;
        if (axis) {
            t.ko = QStringList{ko(a), ko(p), QStringLiteral("시점"), ko(sp), ko(sc)}.join(u':');
            t.en = QStringList{en(a), en(p), QStringLiteral("Pt"), en(sp), en(sc)}.join(u':');
            if (*m.ko) {
                t.ko += u':' + ko(m);
                t.en += u':' + en(m);
            }
            return;
        }
        t.ko = ko(a) + QStringLiteral(" 검사 (") + ko(sp) + QStringLiteral(", ") + ko(p) + u')'
            + (*m.ko ? u' ' + ko(m) : QString()) + u' ' + ko(sc);
        t.en = en(a) + QStringLiteral(" [") + en(p) + QStringLiteral("] in ") + en(sp)
            + (*m.ko ? QStringLiteral(" by ") + en(m) : QString()) + u' ' + en(sc);
    }
    void radiology(Concept &t, bool axis)
    {
        const auto i = m_image.next();
        const auto &m = words::modalities()[i[0]], &s = words::sites()[i[1]], &v = words::views()[i[2]],
                   &side = words::sides()[i[3]];
        t.axis = axis;
        if (axis) {
            t.ko = QStringList{ko(m), ko(s), ko(v), ko(side)}.join(u';');
            t.en = QStringList{en(m), capital(en(s)), en(v), en(side)}.join(u';');
            return;
        }
        t.ko = ko(s) + u' ' + ko(m) + u' ' + ko(v) + (*side.ko ? QStringLiteral(", ") + ko(side) : QString());
        t.en = en(m) + u' ' + en(s) + u' ' + en(v) + (*side.ko ? QStringLiteral(", ") + en(side) : QString());
    }
    void dental(Concept &t)
    {
        const auto i = m_dental.next();
        const int tooth = (int(i[0]) / 8 + 1) * 10 + int(i[0]) % 8 + 1; // FDI notation 11..48
        const auto &c = words::conditions()[i[1]], &q = words::qualifiers()[i[2]];
        t.ko = ko(q) + QStringLiteral(" 치아(%1)의 ").arg(tooth) + ko(c);
        t.en = en(q) + u' ' + en(c) + QStringLiteral(" of tooth %1").arg(tooth);
    }
    void drug(Concept &t)
    {
        const auto i = m_drug.next();
        const auto &d = words::drugs()[i[0]], &m = words::makers()[i[1]], &f = words::forms()[i[2]],
                   &s = words::strengths()[i[3]];
        t.ko = ko(m) + ko(d) + ko(f) + ko(s) + u'(' + ko(d) + u')';
        t.en = en(m) + u' ' + en(d) + u' ' + en(s) + u' ' + en(f);
    }
    void nursing(Concept &t)
    {
        const auto i = m_nursing.next();
        const auto &f = words::nursingFoci()[i[0]], &r = words::recipients()[i[1]],
                   &j = words::nursingJudgements()[i[2]];
        t.ko = ko(r) + QStringLiteral("의 ") + ko(f) + u' ' + ko(j) + level(i[3], true);
        t.en = capital(en(j)) + u' ' + en(f) + QStringLiteral(" in ") + en(r) + level(i[3], false);
    }
    void publicHealth(Concept &t)
    {
        const auto i = m_public.next();
        const auto &s = words::publicSubjects()[i[0]], &r = words::recipients()[i[1]],
                   &v = words::publicServices()[i[2]];
        t.ko = ko(r) + u' ' + ko(s) + u' ' + ko(v) + level(i[3], true);
        t.en = capital(en(s)) + u' ' + en(v) + QStringLiteral(" for ") + en(r) + level(i[3], false);
    }
    void korean(Concept &t)
    {
        const auto i = m_korean.next();
        t.ko = ko(words::qualifiers()[i[2]]) + u' ' + ko(words::koreanOrgans()[i[0]])
            + ko(words::koreanPatterns()[i[1]]);
        t.en = en(words::qualifiers()[i[2]]) + u' ' + en(words::koreanOrgans()[i[0]]) + u' '
            + en(words::koreanPatterns()[i[1]]);
    }
    void finding(Concept &t)
    {
        const auto i = m_finding.next();
        const auto &o = words::organisms()[i[0]], &s = words::specimens()[i[1]], &f = words::findings()[i[2]],
                   &r = words::recipients()[i[3]];
        t.ko = ko(s) + u' ' + ko(o) + u' ' + ko(f) + QStringLiteral(" (") + ko(r) + u')';
        t.en = en(o) + u' ' + en(f) + QStringLiteral(" in ") + en(s) + QStringLiteral(" of ") + en(r);
    }
    void picture(Concept &t, int number)
    {
        const auto &s = words::sites()[std::size_t(number) % words::sites().size()];
        t.ko = QStringLiteral("진료용 그림 %1: ").arg(number + 1) + ko(s);
        t.en = QStringLiteral("Clinical picture %1: ").arg(number + 1) + en(s);
    }

private:
    static QString level(std::size_t i, bool korean)
    {
        static const char *const levels[6][2] = {{"", ""}, {", 1단계", ", stage 1"}, {", 2단계", ", stage 2"},
            {", 3단계", ", stage 3"}, {", 초기", ", initial"}, {", 재평가", ", reassessment"}};
        return QString::fromUtf8(levels[i][korean ? 0 : 1]);
    }

    Mixer m_disease, m_act, m_lab, m_image, m_dental, m_drug, m_nursing, m_public, m_korean, m_finding;
};

// A code of the shape of KCD: letter, two digits, then up to three more.
QString kcdShape(int number, int length)
{
    QString out(QChar(char16_t(u'A' + number / 100 % 26)));
    out += digits(number % 100, 2);
    return length > 3 ? out + digits(number / 2600 % (length == 4 ? 10 : 100), length - 3) : out;
}

void addLinks(Concept &t, const char *field, Random &random)
{
    const auto link = [&t](const char *system, const QString &code) {
        t.links.push_back(CodeLink{base::oid(system).text(), code});
    };
    const std::string_view f(field);
    if (f == "diagnosis" || f == "dental" || f == "korean") {
        link("kcd", kcdShape(random.below(2'600'000 / 10), 4 + random.below(2)));
        if (random.oneIn(20)) // injuries: one code for the kind, one for the cause
            link("kcd", QLatin1Char('W') + digits(random.below(100), 2));
        if (random.oneIn(2))
            link("snomedCt", QString::number(10'000'000 + random.below(400'000'000)));
    } else if (f == "act") {
        link("icd9cm", digits(random.below(100), 2) + u'.' + digits(random.below(100), 2));
        if (random.oneIn(2))
            link("edi", QLatin1Char('N') + digits(random.below(10'000), 4));
    } else if (f == "laboratory" || f == "radiology") {
        if (t.axis)
            link("loinc",
                QString::number(1'000 + random.below(99'000)) + u'-' + QString::number(random.below(10)));
        else
            link("edi", QLatin1Char('D') + digits(random.below(10'000), 4));
    }
}

void addSynonyms(Concept &t, Random &random)
{
    QString other = t.ko;
    other.remove(u' ');
    t.synonyms.append(other == t.ko ? t.ko + QStringLiteral(" 상태") : other);
    if (random.oneIn(3))
        t.synonyms.append(t.ko + QStringLiteral(" NOS"));
}

void decorate(std::vector<Concept> &terms, const SyntheticOptions &options)
{
    Random random(options.seed + 77);
    for (Concept &t : terms) {
        if (!t.axis && random.below(1000) < options.synonymsPerThousand)
            addSynonyms(t, random);
        if (!options.cp949 && random.oneIn(50))
            t.en += QString::fromUtf8(" (M\xC3\xA9ni\xC3\xA8re type)");
    }
}

void name(Concept &t, const SyntheticField &field, int number, NameSource &names)
{
    const std::string_view f(field.field);
    if (f == "diagnosis")
        names.disease(t);
    else if (f == "act")
        names.act(t);
    else if (f == "laboratory")
        names.laboratory(t, number % 10 != 0);
    else if (f == "radiology")
        names.radiology(t, number % 10 != 0);
    else if (f == "dental")
        names.dental(t);
    else if (f == "public")
        names.publicHealth(t);
    else if (f == "nursing")
        names.nursing(t);
    else if (f == "korean")
        names.korean(t);
    else if (*field.title == 0 && field.published == 540)
        names.picture(t, number);
    else if (const int kind = number % 25; kind < 8) // 108,462 rows of the release are axis strings
        names.laboratory(t, true);
    else if (kind < 19)
        names.drug(t);
    else
        names.finding(t);
}
} // namespace

const std::vector<SyntheticField> &syntheticFields()
{
    static const std::vector<SyntheticField> fields{{"diagnosis", "진단", 78'609},
        {"act", "의료행위", 20'498}, {"laboratory", "임상검사", 59'228}, {"radiology", "방사선", 17'689},
        {"dental", "치과", 7'021}, {"public", "보건", 3'420}, {"nursing", "간호", 11'064},
        {"korean", "한의학", 375}, {"other", "기타", 93'680}, {"other", "", 29'633}, {"other", "", 540}};
    return fields;
}

// Running sums are rounded, not the shares, so that they add up exactly.
std::vector<int> syntheticCounts(int total)
{
    std::vector<int> out;
    if (total == syntheticPublishedTotal) {
        for (const SyntheticField &field : syntheticFields())
            out.push_back(field.published);
        return out;
    }
    double carried = 0;
    int given = 0;
    for (const SyntheticField &field : syntheticFields()) {
        carried += double(field.published) * total / syntheticPublishedTotal;
        out.push_back(int(std::llround(carried)) - given);
        given += out.back();
    }
    out.back() += total - given;
    return out;
}

std::vector<Concept> syntheticKostom(const SyntheticOptions &options)
{
    std::vector<Concept> out;
    out.reserve(std::size_t(options.total));
    NameSource names(options.seed);
    Random random(options.seed);
    const QString system = base::oid("kostom").text();
    const std::vector<int> counts = syntheticCounts(options.total);
    for (std::size_t f = 0; f < counts.size(); ++f) {
        const SyntheticField &field = syntheticFields()[f];
        for (int i = 0; i < counts[f]; ++i) {
            Concept t;
            t.system = system;
            t.code = QLatin1Char('H') + digits(int(out.size()) * 3 + 500'000, 8);
            t.conceptCode = QLatin1Char('C') + digits(int(out.size()) + 1'000'000, 7);
            t.field = QString::fromLatin1(field.field);
            name(t, field, i, names);
            addLinks(t, field.field, random);
            out.push_back(std::move(t));
        }
    }
    decorate(out, options);
    return out;
}

std::vector<Concept> syntheticKcd(const SyntheticOptions &options)
{
    std::vector<Concept> out;
    out.reserve(std::size_t(options.total));
    NameSource names(options.seed);
    const QString system = base::oid("kcd").text();
    // Every category is a tree of tens, filled level by level: node k has the children 10k+1 .. 10k+10.
    const int each = std::max(12, (options.total + 2'599) / 2'600);
    for (int category = 0; int(out.size()) < options.total; ++category) {
        const int size = std::min(each, options.total - int(out.size()));
        const std::size_t first = out.size();
        for (int k = 0; k < size; ++k) {
            Concept t;
            t.system = system;
            if (k == 0) {
                t.code = kcdShape(category, 3);
            } else {
                t.parent = out[first + std::size_t(k - 1) / 10].code;
                t.code = t.parent + QString::number((k - 1) % 10);
            }
            t.complete = 10 * k + 1 >= size;
            t.mainAllowed = t.complete && category % 50 != 0;
            t.notifiable = t.complete && category % 40 == 7;
            t.koreanMedicine = t.code.startsWith(QLatin1Char('U'));
            t.sex = category % 60 == 1 ? terminology::Sex::Female
                : category % 60 == 2   ? terminology::Sex::Male
                                       : terminology::Sex::Any;
            t.ageTo = category % 70 == 3 ? 15 : 0;
            t.ageFrom = category % 70 == 4 ? 18 : 0;
            names.disease(t);
            out.push_back(std::move(t));
        }
    }
    decorate(out, options);
    return out;
}

} // namespace naru::testsupport
