// The fixture of pages with a store of images that can be closed and opened again, as the next morning does.
#pragma once

#include "core/services/ImageService.h"
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ProfileSource.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

namespace naru::test {

class ImageStoreFixture : public Fixture {
public:
    ImageStoreFixture() { restart(); }

    // Everything that lives in memory goes.
    void restart()
    {
        context.reset();
        profile.reset();
        services::OpenOptions options;
        options.dataDir = m_dir.path() + QStringLiteral("/profile");
        options.user = QStringLiteral("doctor");
        options.passphrase = base::SecureBytes(QByteArrayView("only for a test"));
        options.scryptLogN = 10;
        options.decoder = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder");
        auto opened = services::Profile::open(std::move(options));
        if (!opened)
            qFatal("profile: %s", qPrintable(opened.error().toString()));
        profile = *opened;
        context = std::make_unique<ui::AppContext>(profile, theme, queue, text::Language::Korean);
    }
    bool store(const TestStudy &study)
    {
        QTemporaryDir folder;
        study.write(folder.path());
        const auto report = profile->images().import({folder.path()}, patient, {});
        return report && report->stored == study.slices;
    }
    std::unique_ptr<ui::ImagingPage> open(QSize size = {1300, 800})
    {
        auto page = std::make_unique<ui::ImagingPage>(
            *context, patient, std::make_shared<ui::ProfileSource>(profile, patient));
        page->resize(size);
        page->show();
        return page;
    }
};

// From one image point to another with the left button, as a hand does it.
inline void dragOn(ui::Viewport *view, const QPointF &fromImage, const QPointF &toImage)
{
    const QPoint from = view->transform().map(fromImage).toPoint(),
                 to = view->transform().map(toImage).toPoint();
    QTest::mousePress(view, Qt::LeftButton, {}, from);
    QTest::mouseMove(view, (from + to) / 2);
    QTest::mouseMove(view, to);
    QTest::mouseRelease(view, Qt::LeftButton, {}, to);
}

} // namespace naru::test
