#include "ui/pages/imaging/ViewerActs.h"

#include "ui/pages/imaging/keysTable.h"

#include <algorithm>

namespace naru::ui {

namespace {

QList<ViewerAct> readRows()
{
    QList<ViewerAct> all;
    const QString text = QString::fromUtf8(
        pages::imaging::tables::keys.data(), qsizetype(pages::imaging::tables::keys.size()));
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList cells = line.split(QLatin1Char('\t'));
        if (line.startsWith(QLatin1Char('#')) || cells.size() < 5 || cells.first() == QLatin1String("act"))
            continue;
        ViewerAct act{cells.at(0), {}, cells.at(2).section(QLatin1Char('.'), 0, 0),
            cells.at(2).section(QLatin1Char('.'), 1), cells.at(3), cells.at(4)};
        for (const QString &key : cells.at(1).split(QLatin1Char(' '), Qt::SkipEmptyParts))
            act.keys.append(QKeySequence::fromString(key, QKeySequence::PortableText)[0].toCombined());
        all.append(act);
    }
    return all;
}

template <typename Predicate> const ViewerAct *find(Predicate wanted)
{
    const auto &rows = ViewerAct::all();
    const auto found = std::find_if(rows.begin(), rows.end(), wanted);
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

QString ViewerAct::keyText() const
{
    return keys.isEmpty()
        ? QString()
        : QKeySequence(QKeyCombination::fromCombined(keys.first())).toString(QKeySequence::NativeText);
}

const QList<ViewerAct> &ViewerAct::all()
{
    static const QList<ViewerAct> rows = readRows();
    return rows;
}

const ViewerAct *ViewerAct::of(const QString &id)
{
    return find([&](const ViewerAct &act) { return act.id == id; });
}

const ViewerAct *ViewerAct::ofKey(int key)
{
    const ViewerAct *exact = find([key](const ViewerAct &act) { return act.keys.contains(key); });
    const int plain = key & ~int(Qt::KeypadModifier);
    return exact ? exact : find([plain](const ViewerAct &act) { return act.keys.contains(plain); });
}

} // namespace naru::ui
