// How the views are laid out: by kind of study, as the user chose or had remembered for that kind, one of
// them alone.
#include "core/services/SettingsService.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/pages/imaging/StackSync.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QMenu>
#include <QRegularExpression>

#include <algorithm>

namespace naru::ui {

namespace {

const auto Setting = QStringLiteral("imaging.layouts");
const auto Planes = QStringLiteral("mpr");

// "CT=2x2 MR=mpr"
QMap<QString, QString> layoutsOf(const QString &text)
{
    QMap<QString, QString> out;
    for (const QString &one : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (one.contains(QLatin1Char('=')))
            out.insert(one.section(QLatin1Char('='), 0, 0), one.section(QLatin1Char('='), 1));
    }
    return out;
}

QString textOf(const QMap<QString, QString> &layouts)
{
    QStringList out;
    for (auto it = layouts.cbegin(); it != layouts.cend(); ++it)
        out << it.key() + QLatin1Char('=') + it.value();
    return out.join(QLatin1Char(' '));
}

std::optional<QPair<int, int>> gridOf(const QString &layout)
{
    static const QRegularExpression pattern(QStringLiteral("^([1-3])x([1-3])$"));
    const auto match = pattern.match(layout);
    if (!match.hasMatch())
        return std::nullopt;
    return QPair<int, int>(match.captured(1).toInt(), match.captured(2).toInt());
}

} // namespace

bool ImagingPage::performLayout(const QString &act)
{
    const QString layout = act.section(QLatin1Char('.'), 1);
    if (layout == QLatin1String("hanging")) {
        m_ownLayout = false;
        hang();
        return true;
    }
    if (layout == QLatin1String("remember") || layout == QLatin1String("forget"))
        return rememberLayout(layout == QLatin1String("remember"));
    if (layout == QLatin1String("alone"))
        return toggleAlone(m_grid->activeIndex());
    const auto grid = gridOf(layout);
    if (!grid)
        return layout == Planes && showPlanes();
    m_ownLayout = true;
    setGrid(grid->first, grid->second);
    return true;
}

// What is shown stays where it is; new cells take the next stacks.
void ImagingPage::setGrid(int rows, int columns)
{
    m_grid->setGrid(rows, columns);
    const OpenStudy *current = study();
    if (!current)
        return;
    QList<ImageProvider *> shown;
    for (const Viewport *view : m_grid->views())
        shown.append(view->provider());
    for (Viewport *view : m_grid->views()) {
        if (view->provider())
            continue;
        for (StackProvider *provider : current->providers) {
            if (!shown.contains(provider)) {
                view->setProvider(provider);
                shown.append(provider);
                break;
            }
        }
    }
    m_sync->join();
    activeChanged();
}

// Of a row of the series list: into which of the views, and what the viewer can do with the one in front.
void ImagingPage::showSeriesMenu(StackProvider *series, const QPoint &global)
{
    if (m_parts->seriesMenu)
        return; // the key came as two events
    auto *menu = new QMenu(this);
    m_parts->seriesMenu = menu;
    menu->setObjectName(QStringLiteral("imaging.series.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int number = series->number(); // it may be gone when the act is chosen
    const auto views = int(m_grid->views().size());
    for (int i = 0; i < views; ++i) {
        const QString words = views == 1 ? tr("Show") : tr("Show in view %1").arg(i + 1);
        menu->addAction(QStringLiteral("&%1 %2").arg(i + 1).arg(words), this, [this, number, i] {
            StackProvider *stack = m_desk->providerOf(number);
            if (!stack || i >= m_grid->views().size())
                return;
            m_touched = true;
            m_grid->activate(i);
            showProvider(stack);
            focusFirst();
        });
    }
    menu->addSeparator();
    menu->addAction(tr("More"), this, [this, number] {
        StackProvider *stack = m_desk->providerOf(number);
        if (!stack)
            return;
        m_touched = true;
        showProvider(stack);
        perform(QStringLiteral("menu.more"));
    });
    menu->setActiveAction(menu->actions().at(std::clamp(m_grid->activeIndex(), 0, views - 1)));
    menu->popup(global);
}

bool ImagingPage::toggleAlone(int view)
{
    if (m_grid->views().size() < 2)
        return false;
    m_grid->setAlone(m_grid->alone() < 0 ? view : -1);
    focusFirst();
    return true;
}

// That of most of its pictures: a CT with its dose report is a CT.
QString ImagingPage::modality() const
{
    const OpenStudy *current = m_desk ? study() : nullptr; // none while the page is built
    const StackProvider *most = nullptr;
    for (const StackProvider *one : current ? current->providers : QList<StackProvider *>()) {
        if (!most || one->count() > most->count())
            most = one;
    }
    static const QRegularExpression known(QStringLiteral("^[A-Z]{2,16}$"));
    return most && known.match(most->modality()).hasMatch() ? most->modality() : QString();
}

QString ImagingPage::rememberedLayout() const
{
    return layoutsOf(context().profile().settings().value(Setting).toString()).value(modality());
}

bool ImagingPage::rememberLayout(bool on)
{
    const QString kind = modality();
    if (kind.isEmpty() || !m_prior.isEmpty() || (!on && rememberedLayout().isEmpty()))
        return false;
    auto layouts = layoutsOf(context().profile().settings().value(Setting).toString());
    if (on) {
        const bool planes = m_grid->active() && qobject_cast<PlaneProvider *>(m_grid->active()->provider());
        layouts[kind] = planes ? Planes : QStringLiteral("%1x%2").arg(m_grid->rows()).arg(m_grid->columns());
    } else {
        layouts.remove(kind);
    }
    if (const base::Status kept = context().profile().settings().set(Setting, textOf(layouts)); !kept) {
        m_strip->showError(kept.error(), context().language(), tr("It could not be kept"));
        return true;
    }
    context().showToast(on ? tr("%1 studies hang like this from now on").arg(kind)
                           : tr("%1 studies hang as they did at first").arg(kind));
    if (!on) {
        m_ownLayout = false;
        hang();
    }
    tellLayouts();
    return true;
}

void ImagingPage::tellLayouts()
{
    m_bar->setLayoutOwner(m_prior.isEmpty() ? modality() : QString(), !rememberedLayout().isEmpty());
}

// Cells of the user's own number: first what hangs by kind of study, in its order (the scan before its
// scout), then the other stacks.
imaging::Hanging ImagingPage::inGrid(int rows, int columns, const imaging::Hanging &standard) const
{
    const OpenStudy *current = study();
    imaging::Hanging out;
    out.rule = standard.rule;
    out.rows = rows;
    out.columns = columns;
    QList<int> placed;
    for (const imaging::HangingCell &cell : standard.cells) {
        if (cell.stack >= 0 && !cell.prior) {
            out.cells.push_back(cell);
            placed.append(cell.stack);
        }
    }
    for (int i = 0; current && i < int(current->stacks.size()); ++i) {
        if (!placed.contains(i))
            out.cells.push_back({i, false, false, {}});
    }
    out.cells.resize(std::size_t(rows) * std::size_t(columns));
    return out;
}

// The user's choice of just now, else what is remembered for this kind of study.
void ImagingPage::useOwnLayout(imaging::Hanging &hanging) const
{
    if (m_ownLayout) {
        hanging = inGrid(m_grid->rows(), m_grid->columns(), hanging);
        return;
    }
    const auto grid = m_prior.isEmpty() ? gridOf(rememberedLayout()) : std::nullopt;
    if (grid)
        hanging = inGrid(grid->first, grid->second, hanging);
}

// Once the study is whole: planes of half a scan would have to be cut again.
void ImagingPage::usePlanes()
{
    if (!m_ownLayout && m_prior.isEmpty() && rememberedLayout() == Planes && !isFetching())
        showPlanes();
}

} // namespace naru::ui
