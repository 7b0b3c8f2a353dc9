// Reformatted planes in two rows and two columns, their slab, the cross-hair that joins them.
#include "ui/pages/imaging/CinePlayer.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

namespace naru::ui {

bool ImagingPage::showPlanes()
{
    const Viewport *view = m_grid->active();
    const auto *stack = view ? qobject_cast<const StackProvider *>(view->provider()) : nullptr;
    if (!stack)
        return false;
    m_cine->stop();
    if (!m_parts->volumes) {
        m_parts->volumes = new VolumeDesk(context().queue(), m_desk->sharedSource(), m_desk);
        connect(m_parts->volumes, &VolumeDesk::planesReady, this, &ImagingPage::hangPlanes);
        connect(m_parts->volumes, &VolumeDesk::failed, this, [this](const base::Error &error) {
            m_strip->showError(error, context().language(), tr("No planes can be cut from this series"));
        });
    }
    m_parts->look = view->appearance();
    m_parts->volumes->make(*stack, view->index());
    return true;
}

void ImagingPage::hangPlanes()
{
    m_strip->clear();
    m_ownLayout = true;
    m_grid->setGrid(2, 2);
    const QList<Viewport *> views = m_grid->views();
    for (int i = 0; i < views.size(); ++i) {
        views[i]->setProvider(m_parts->volumes->planes().value(i));
        views[i]->setAppearance(m_parts->look);
    }
    m_grid->activate(0);
    performTool(QStringLiteral("tool.crosshair"));
    if (PlaneProvider *axial = m_parts->volumes->planes().value(0)) {
        if (const auto plane = planeOf(*views.first()))
            m_parts->crossHair.setPoint(plane->centre(), axial->frameOfReference());
    }
    activeChanged();
}

bool ImagingPage::useSlab(const QString &what)
{
    if (!m_parts->volumes || !m_parts->volumes->isOpen())
        return false;
    imaging::Slab slab = m_parts->volumes->slab();
    bool number = false;
    const int millimetres = what.toInt(&number);
    if (number)
        slab.thickness = millimetres;
    else
        slab.mode = what == QLatin1String("mip") ? imaging::SlabMode::Maximum
            : what == QLatin1String("minip")     ? imaging::SlabMode::Minimum
            : what == QLatin1String("mean")      ? imaging::SlabMode::Mean
                                                 : imaging::SlabMode::Thin;
    if (slab.thickness <= 0)
        slab.thickness = 10;
    if (number && slab.mode == imaging::SlabMode::Thin)
        slab.mode = imaging::SlabMode::Maximum;
    m_parts->volumes->setSlab(slab);
    tellSlab();
    return true;
}

void ImagingPage::tellSlab()
{
    const Viewport *view = m_grid->active();
    const bool planes = view && qobject_cast<const PlaneProvider *>(view->provider()) && m_parts->volumes;
    m_bar->setSlab(planes ? std::optional(m_parts->volumes->slab()) : std::nullopt);
}

} // namespace naru::ui
