#include "app/practice/seed/imaging/SeedStudy.h"

#include "app/practice/seed/tables/phantom_seriesTable.h"
#include "core/base/Digest.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"

#include <QHash>

#include <array>

namespace naru::practice {

namespace {
using Table = QHash<QString, std::vector<PhantomSeries>>;

const Table &allSeries()
{
    static const Table all = [] {
        Table out;
        const base::TsvTable table = base::TsvTable::parse(seed::tables::phantom_series);
        for (int i = 0; i < table.rowCount(); ++i) {
            const QStringList extra = table.at(i, "extra").split(QLatin1Char(' '));
            PhantomSeries one{table.at(i, "modality"), table.at(i, "body"), table.at(i, "scene"),
                table.at(i, "description"), table.at(i, "plane"), table.at(i, "channel"),
                table.at(i, "number").toInt(), table.at(i, "images").toInt(), table.at(i, "rows").toInt(),
                table.at(i, "columns").toInt(), table.at(i, "spacing").toDouble(),
                table.at(i, "step").toDouble(), table.at(i, "centre").toDouble(),
                table.at(i, "width").toDouble(), extra.value(0), extra.value(1)};
            out[table.at(i, "study")].push_back(one);
        }
        return out;
    }();
    return all;
}

// The members as they are stored.
template <typename F> void eachText(F &&f)
{
    using S = SeedStudy;
    static constexpr std::array<std::pair<const char *, QString S::*>, 13> members{{{"kind", &S::kind},
        {"studyUid", &S::studyUid}, {"accession", &S::accession}, {"description", &S::description},
        {"time", &S::time}, {"patientName", &S::patientName}, {"patientId", &S::patientId},
        {"issuer", &S::issuer}, {"birth", &S::birth}, {"sex", &S::sex}, {"institution", &S::institution},
        {"institutionOid", &S::institutionOid}, {"reportUniqueId", &S::reportUniqueId}}};
    for (const auto &[name, member] : members)
        f(QLatin1String(name), member);
}
} // namespace

const std::vector<PhantomSeries> &SeedStudy::series() const
{
    static const std::vector<PhantomSeries> none;
    const auto found = allSeries().constFind(kind);
    return found == allSeries().constEnd() ? none : *found;
}

QString SeedStudy::seriesUid(const PhantomSeries &series) const
{
    return QStringLiteral("%1.%2").arg(studyUid).arg(series.number);
}

QString SeedStudy::sopUid(const PhantomSeries &series, int image) const
{
    return QStringLiteral("%1.%2").arg(seriesUid(series)).arg(image + 1);
}

// As Korean sites form it: institution, time, 23 digits; 64 characters.
QString SeedStudy::manifestUid() const
{
    QString digits;
    for (const QChar c : base::sha256Hex(studyUid.toUtf8()).left(23))
        digits.append(QChar(u'0' + char16_t(c.digitValue() >= 0 ? c.digitValue() : c.unicode() - u'a')));
    return QStringLiteral("%1.%2%3").arg(institutionOid, time, digits);
}

QString SeedStudy::sopClass(const PhantomSeries &series)
{
    static const QHash<QString, const char *> classes{{QStringLiteral("CT"), "sopCt"},
        {QStringLiteral("MR"), "sopMr"}, {QStringLiteral("CR"), "sopCr"}, {QStringLiteral("US"), "sopUs"},
        {QStringLiteral("MG"), "sopMg"}};
    return base::oid(classes.value(series.modality, "sopSc")).text();
}

QJsonObject SeedStudy::toJson() const
{
    QJsonObject out;
    eachText([&](QLatin1String name, QString SeedStudy::*member) { out.insert(name, this->*member); });
    return out;
}

SeedStudy SeedStudy::fromJson(const QJsonObject &json)
{
    SeedStudy out;
    eachText(
        [&](QLatin1String name, QString SeedStudy::*member) { out.*member = json.value(name).toString(); });
    return out;
}

} // namespace naru::practice
