// What keys, buttons and menus do.
#include "core/imaging/render/Presets.h"
#include "ui/pages/imaging/CinePlayer.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/pages/imaging/MeasureTool.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/imaging/StackSync.h"
#include "ui/pages/imaging/TurnTool.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/viewport/SimpleTools.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

namespace naru::ui {

namespace {

constexpr double WindowStep = 10; // points of a drag a key press is worth
constexpr double ZoomStep = 1.2;

const std::map<QString, imaging::ShapeKind> &shapeTools()
{
    using Kind = imaging::ShapeKind;
    static const std::map<QString, Kind> tools = {{QStringLiteral("tool.length"), Kind::Length},
        {QStringLiteral("tool.angle"), Kind::Angle}, {QStringLiteral("tool.ellipse"), Kind::Ellipse},
        {QStringLiteral("tool.arrow"), Kind::Arrow}, {QStringLiteral("tool.rectangle"), Kind::Rectangle},
        {QStringLiteral("tool.polyline"), Kind::Polyline}, {QStringLiteral("tool.cobb"), Kind::Cobb},
        {QStringLiteral("tool.calibrate"), Kind::Length}, {QStringLiteral("tool.probe"), Kind::Point},
        {QStringLiteral("tool.text"), Kind::Text}};
    return tools;
}

std::unique_ptr<ViewTool> makeTool(const QString &act, MeasurementBook &book)
{
    if (act == QLatin1String("tool.window"))
        return std::make_unique<WindowTool>();
    if (act == QLatin1String("tool.pan"))
        return std::make_unique<PanTool>();
    if (act == QLatin1String("tool.zoom"))
        return std::make_unique<ZoomTool>();
    if (act == QLatin1String("tool.scroll"))
        return std::make_unique<ScrollTool>();
    if (act == QLatin1String("tool.turn"))
        return std::make_unique<TurnTool>();
    const auto shape = shapeTools().find(act);
    return shape == shapeTools().end() ? nullptr : std::make_unique<MeasureTool>(shape->second, book);
}

} // namespace

bool ImagingPage::performTool(const QString &act)
{
    stepBackInside();
    if (act == QLatin1String("tool.crosshair")) {
        m_tool = act;
        m_parts->layer.setTool(nullptr);
        for (Viewport *view : m_grid->views())
            view->setTool(&m_parts->crossHair);
        m_bar->setTool(act);
        return true;
    }
    auto tool = m_tools.find(act);
    if (tool == m_tools.end()) {
        auto made = makeTool(act, m_parts->book);
        if (!made)
            return false;
        if (auto *measure = dynamic_cast<MeasureTool *>(made.get())) {
            measure->setAskText(
                [this](Viewport &view, const QPointF &at, const std::function<void(const QString &)> &done) {
                    askText(view, at, done);
                });
            if (act == QLatin1String("tool.calibrate"))
                measure->setTaken([this](Viewport &view, const imaging::Shape &line) {
                    askLength(view, line.points[0], line.points[1]);
                });
        }
        tool = m_tools.emplace(act, std::move(made)).first;
    }
    m_tool = act;
    m_parts->layer.setTool(dynamic_cast<MeasureTool *>(tool->second.get()));
    for (Viewport *view : m_grid->views())
        view->setTool(tool->second.get());
    m_bar->setTool(act);
    return true;
}

// A key or a button that can do nothing says so, and the bar shows what holds, not what was pressed.
void ImagingPage::tryAct(const QString &act)
{
    if (!perform(act))
        context().showToast(tr("This has nothing to do on this image just now"));
    tellSwitches();
}

void ImagingPage::tellSwitches()
{
    const Viewport *view = m_grid->active();
    const Appearance look = view ? view->appearance() : Appearance();
    const std::pair<const char *, bool> switches[] = {{"view.invert", look.invert},
        {"view.overlays", look.overlays}, {"view.magnifier", m_parts->magnifier},
        {"view.referenceLines", m_parts->lines.isOn()}, {"view.synchronise", m_sync->isOn()},
        {"view.room", m_roomy}, {"view.detach", !isAncestorOf(m_grid)}, {"compare", !m_prior.isEmpty()},
        {"cine.toggle", m_cine->isRunning()}};
    for (const auto &[act, on] : switches)
        m_bar->setChecked(QString::fromLatin1(act), on);
    m_bar->setTool(m_tool);
}

bool ImagingPage::perform(const QString &act)
{
    if (act.startsWith(QLatin1String("tool.")))
        return performTool(act);
    if (act.startsWith(QLatin1String("layout.")))
        return performLayout(act);
    if (act.startsWith(QLatin1String("slab.")))
        return useSlab(act.mid(5));
    if (act == QLatin1String("folder.open")) {
        chooseFolder();
        return true;
    }
    if (act == QLatin1String("presentation.save"))
        return keepPresentation();
    if (act == QLatin1String("image.anonymise"))
        return anonymise();
    if (act == QLatin1String("import.unmatched"))
        return chooseUnmatched();
    if (act == QLatin1String("import.archive")) {
        context().open({QStringLiteral("archive"), m_patient, {}, {}});
        return true;
    }
    if (act == QLatin1String("study.send"))
        return chooseArchive();
    if (act == QLatin1String("study.export"))
        return chooseExport();
    if (act == QLatin1String("measure.save"))
        return saveNow();
    if (act == QLatin1String("image.print"))
        return print();
    if (act == QLatin1String("menu.more")) {
        QWidget *under = m_grid->active() ? static_cast<QWidget *>(m_grid->active()) : m_grid;
        m_bar->showMenu(under->mapToGlobal(QPoint(context().theme().unit(2), context().theme().unit(2))));
        return true;
    }
    if (act.startsWith(QLatin1String("import."))) {
        chooseImport(act.endsWith(QLatin1String("zip")));
        return true;
    }
    if (act == QLatin1String("view.room")) {
        m_room = !wantsRoom();
        place();
        m_bar->setChecked(act, m_roomy);
        return true;
    }
    if (act == QLatin1String("attach"))
        return mainAct();
    if (act == QLatin1String("measure.list")) {
        m_parts->listShown = !m_parts->list->isVisible();
        m_parts->list->setVisible(m_parts->listShown);
        if (m_parts->listShown && !m_parts->list->table().isEmpty())
            m_parts->list->table().setFocus(Qt::ShortcutFocusReason);
        else
            focusFirst();
        return true;
    }
    if (act == QLatin1String("measure.remove"))
        return m_parts->book.remove(m_parts->book.selected());
    if (act == QLatin1String("compare")) {
        if (m_priorCandidate.isEmpty())
            return false;
        openPrior(m_prior.isEmpty());
        return true;
    }
    if (act == QLatin1String("view.synchronise")) {
        m_sync->setOn(!m_sync->isOn());
        m_bar->setChecked(act, m_sync->isOn());
        return true;
    }
    if (act == QLatin1String("view.referenceLines")) {
        m_parts->lines.setOn(!m_parts->lines.isOn());
        m_bar->setChecked(act, m_parts->lines.isOn());
        m_grid->update();
        for (Viewport *view : m_grid->views())
            view->update();
        return true;
    }
    if (act.startsWith(QLatin1String("series.")))
        return stepSeries(act.endsWith(QLatin1String("next")) ? 1 : -1);
    if (act.startsWith(QLatin1String("measure.show:")))
        return showMeasurement(act.mid(13));
    Viewport *view = m_grid->active();
    if (!view || !view->provider())
        return false;
    if (act.startsWith(QLatin1String("pan.")))
        return performPan(act, *view);
    if (act.startsWith(QLatin1String("slice.")))
        return performSlice(act, *view);
    if (act.startsWith(QLatin1String("preset.")))
        return usePreset(act.mid(7).toInt(), *view);
    return performView(act, *view);
}

bool ImagingPage::showMeasurement(const QString &id)
{
    const Measurement *one = m_parts->book.find(id);
    if (!one)
        return false;
    m_parts->book.select(id);
    const auto showIn = [&](Viewport *view, ImageProvider *provider) {
        for (int i = 0; i < provider->count(); ++i) {
            if (provider->known(i).place() == one->place) {
                if (view->provider() != provider)
                    view->setProvider(provider);
                view->setIndex(i);
                return true;
            }
        }
        return false;
    };
    for (Viewport *view : m_grid->views()) {
        if (view->provider() && showIn(view, view->provider()))
            return true;
    }
    if (const OpenStudy *study = m_desk->study(one->studyKey); study && m_grid->active()) {
        for (StackProvider *provider : study->providers) {
            if (showIn(m_grid->active(), provider))
                return true;
        }
    }
    return false;
}

bool ImagingPage::performPan(const QString &act, Viewport &view)
{
    const double step = context().theme().unit(6);
    const QString way = act.mid(4);
    ViewTransform transform = view.transform();
    transform.panBy(way == QLatin1String("left") ? QPointF(-step, 0)
            : way == QLatin1String("right")      ? QPointF(step, 0)
            : way == QLatin1String("up")         ? QPointF(0, -step)
                                                 : QPointF(0, step));
    view.setTransform(transform);
    return true;
}

bool ImagingPage::performSlice(const QString &act, Viewport &view)
{
    m_cine->stop();
    const int last = view.provider()->count() - 1;
    view.setIndex(act == QLatin1String("slice.first") ? 0
            : act == QLatin1String("slice.last")      ? last
            : act == QLatin1String("slice.next")      ? view.index() + 1
                                                      : view.index() - 1);
    return true;
}

bool ImagingPage::usePreset(int number, Viewport &view)
{
    if (!view.image().isReady())
        return false;
    const auto presets = imaging::presetsFor(*view.image().facts, view.image().frame);
    if (number < 1 || std::size_t(number) > presets.size())
        return false;
    const imaging::Preset &preset = presets[std::size_t(number) - 1];
    Appearance next = view.appearance();
    next.window.reset();
    next.windowIndex.reset();
    if (preset.index >= 0)
        next.windowIndex = preset.index;
    else
        next.window = preset.window;
    view.setAppearance(next);
    return true;
}

bool ImagingPage::stepSeries(int step)
{
    Viewport *view = m_grid->active();
    const int count = m_series->count();
    if (!view || count < 2)
        return false;
    const int row = (std::max(0, m_series->currentRow()) + step + count) % count;
    showProvider(m_series->at(row));
    return true;
}

bool ImagingPage::performView(const QString &act, Viewport &view)
{
    ViewTransform transform = view.transform();
    Appearance look = view.appearance();
    const auto is = [&act](const char *name) { return act == QLatin1String(name); };
    if (is("view.reset"))
        view.resetView();
    else if (is("view.fit"))
        transform.fit();
    else if (is("view.oneToOne"))
        transform.setZoom(1);
    else if (is("view.larger"))
        transform.setZoom(transform.zoom() * ZoomStep);
    else if (is("view.smaller"))
        transform.setZoom(transform.zoom() / ZoomStep);
    else if (is("view.rotateRight"))
        transform.rotate(1);
    else if (is("view.rotateLeft"))
        transform.rotate(-1);
    else if (is("view.flipHorizontally"))
        transform.flipHorizontally();
    else if (is("view.flipVertically"))
        transform.flipVertically();
    else if (is("view.invert"))
        look.invert = !look.invert;
    else if (is("view.overlays"))
        look.overlays = !look.overlays;
    else if (act.startsWith(QLatin1String("colour.")))
        look.colours = act.mid(7);
    else if (act.startsWith(QLatin1String("window.")) && !view.image().isGrey())
        return false;
    else if (is("window.wider"))
        view.changeWindow(WindowStep, 0);
    else if (is("window.narrower"))
        view.changeWindow(-WindowStep, 0);
    else if (is("window.higher"))
        view.changeWindow(0, WindowStep);
    else if (is("window.lower"))
        view.changeWindow(0, -WindowStep);
    else if (is("cine.toggle"))
        return m_cine->toggle(&view);
    else
        return performRest(act, view);
    if (is("view.reset") || act.startsWith(QLatin1String("window."))) {
        tellSwitches();
        return true;
    }
    view.setTransform(transform);
    view.setAppearance(look);
    tellSwitches();
    return true;
}

bool ImagingPage::performRest(const QString &act, Viewport &view)
{
    if (act == QLatin1String("view.magnifier")) {
        m_parts->magnifier = !m_parts->magnifier;
        for (Viewport *each : m_grid->views())
            each->setMagnifier(m_parts->magnifier);
        m_bar->setChecked(act, m_parts->magnifier);
        return true;
    }
    if (act == QLatin1String("keyImage.toggle")) {
        const services::StudyRow *row = m_desk->row(view.provider()->studyKey());
        if (row && !mismatchOf(*row).isEmpty()) {
            context().showToast(tr("Images of another person are not attached"));
            return true;
        }
        return m_parts->keyImages.toggle(
            view.image(), view.provider()->studyKey(), view.provider()->seriesKey());
    }
    if (act == QLatin1String("calibration.remove"))
        return m_parts->book.removeCalibration(imagesOf(*view.provider()));
    if (act == QLatin1String("image.export"))
        return exportView(view);
    if (act == QLatin1String("view.detach"))
        return detach();
    return false;
}

} // namespace naru::ui
