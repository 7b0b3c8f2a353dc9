// How the views are arranged and joined: the menu's groups, layouts remembered for a kind of study, one view
// alone, the cross-hair's place and the reference lines, measured in the painted picture.
#include "core/services/SettingsService.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/imaging/StudyDesk.h"
#include "ui/pages/imaging/ViewerActs.h"
#include "ui/widgets/IdentityBanner.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;

class TstUiViewing : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<ImagingPage> m_page{};

    static test::TestStudy scanAndScout()
    {
        test::TestStudy ct;
        ct.slices = 12;
        return ct;
    }
    void open(int views = 1)
    {
        m_page = m_fixture->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->grid().views().size(), views, 15000);
    }
    void openPlanes()
    {
        open();
        QVERIFY(m_page->perform(QStringLiteral("layout.mpr")));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->grid().views().size(), 4, 15000);
        for (Viewport *view : m_page->grid().views())
            QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        QTest::qWait(400); // the last slices have been cut in
    }
    // Where a point of the patient lies in the image of a view, by what the image says of itself.
    static QPointF pixelOf(
        const Viewport &view, const std::array<double, 3> &point, double *distance = nullptr)
    {
        const imaging::FrameFacts &facts = view.image().frameFacts();
        const auto &o = facts.orientation;
        double right = 0, down = 0, out = 0;
        const std::array<double, 3> normal = {
            o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]};
        for (std::size_t i = 0; i < 3; ++i) {
            const double from = point[i] - facts.position[i];
            right += from * o[i];
            down += from * o[i + 3];
            out += from * normal[i];
        }
        if (distance)
            *distance = std::abs(out);
        return {right / facts.spacingColumn + 0.5, down / facts.spacingRow + 0.5};
    }
    // Pixels of this hue: a thin line is mixed with its dark rim, but grey has no hue at all.
    static int inBand(const QImage &picture, const QColor &colour, const QRect &band)
    {
        int count = 0;
        const QRect area = band.intersected(picture.rect());
        for (int y = area.top(); y <= area.bottom(); ++y) {
            for (int x = area.left(); x <= area.right(); ++x) {
                const QColor here = picture.pixelColor(x, y);
                const bool alike = std::abs(here.hsvHue() - colour.hsvHue()) < 20;
                count += alike && here.hsvSaturation() > 90 && here.value() > 60 ? 1 : 0;
            }
        }
        return count;
    }
    QColor colour(const char *token) const { return m_fixture->theme.color(token); }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::ImageStoreFixture>(); }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    // Every act is in the menu or has a button or a key; no list is longer than a screen.
    void everythingIsFound()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        auto *more = m_page->findChild<QMenu *>(QStringLiteral("imaging.menu.more.entries"));
        QVERIFY(more);
        QStringList entries;
        const std::function<void(QMenu *)> walk = [&](QMenu *menu) {
            int shown = 0;
            for (QAction *action : menu->actions()) {
                shown += action->isSeparator() ? 0 : 1;
                if (action->menu())
                    walk(action->menu());
                else if (!action->isSeparator())
                    entries << action->objectName();
            }
            QVERIFY2(shown <= 16, qPrintable(menu->objectName()));
        };
        walk(more);
        for (const ViewerAct &act : ViewerAct::all()) {
            const bool key = act.place == QLatin1String("key");
            QVERIFY2(key ? !act.keys.isEmpty() : entries.contains(act.id), qPrintable(act.id));
            QAction *entry = key ? nullptr : more->findChild<QAction *>(act.id);
            if (entry && !act.keys.isEmpty())
                QVERIFY2(entry->text().endsWith(act.keyText()), qPrintable(entry->text()));
        }
        QTest::keyClick(m_page->grid().active(), Qt::Key_F10, Qt::ShiftModifier);
        QTRY_VERIFY(more->isVisible());
        QTest::keyClick(more, Qt::Key_1); // in any language of the keyboard
        auto *measure = more->findChild<QMenu *>(QStringLiteral("imaging.menu.more.measure"));
        QTRY_VERIFY(measure && measure->isVisible());
        measure->close();
        more->close();
    }
    // A tool without a button of its own is named where it was chosen.
    void theToolInHandIsNamed()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        auto *button = m_page->findChild<QPushButton *>(QStringLiteral("imaging.menu.more"));
        QVERIFY(button && !button->isChecked());
        QVERIFY(m_page->perform(QStringLiteral("tool.cobb")));
        QVERIFY(button->isChecked());
        QVERIFY(button->text().contains(ViewerAct::of(QStringLiteral("tool.cobb"))->korean));
        QVERIFY(m_page->perform(QStringLiteral("tool.length")));
        QVERIFY(!button->isChecked());
    }
    void layoutOfAKindOfStudy()
    {
        test::TestStudy second = scanAndScout();
        second.series = "2.25.1001.2";
        second.seriesNumber = 3;
        second.slices = 4;
        QVERIFY(m_fixture->store(scanAndScout()));
        QVERIFY(m_fixture->store(second));
        open();
        QVERIFY(!m_page->perform(QStringLiteral("layout.forget"))); // nothing is remembered
        QVERIFY(m_page->perform(QStringLiteral("layout.2x1")));
        QVERIFY(m_page->perform(QStringLiteral("layout.remember")));
        QVERIFY(m_page->perform(QStringLiteral("layout.3x3"))); // only for now
        m_page.reset();
        m_fixture->restart(); // the next morning
        open(2);
        QCOMPARE(m_page->grid().rows(), 2);
        QCOMPARE(m_page->grid().columns(), 1);
        QCOMPARE(m_page->grid().view(0)->provider()->count(), 12); // the longest first
        QCOMPARE(m_page->grid().view(1)->provider()->count(), 4);
        QAction *forget = m_page->findChild<QAction *>(QStringLiteral("layout.forget"));
        QVERIFY(forget && forget->isEnabled() && forget->text().contains(QLatin1String("CT")));
        QVERIFY(m_page->perform(QStringLiteral("layout.forget")));
        QCOMPARE(m_page->grid().views().size(), 1);
        QVERIFY(!forget->isEnabled());
        QVERIFY(m_fixture->profile->settings().value(QStringLiteral("imaging.layouts")).toString().isEmpty());
    }
    void planesOfAKindOfStudy()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        openPlanes();
        QVERIFY(m_page->perform(QStringLiteral("layout.remember")));
        m_page.reset();
        open(4);
        QVERIFY(qobject_cast<PlaneProvider *>(m_page->grid().view(0)->provider()));
    }
    // What somebody wrote into the settings by hand hangs nothing that cannot be.
    void nonsenseIsNoLayout()
    {
        QVERIFY(m_fixture->profile->settings()
                    .set(QStringLiteral("imaging.layouts"), QStringLiteral("CT=9x9 =2x2 MR"))
                    .ok());
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        QCOMPARE(m_page->grid().views().size(), 1);
    }
    void oneViewAlone()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        openPlanes();
        Viewport *coronal = m_page->grid().view(1);
        const ImageProvider *before = m_page->grid().view(2)->provider();
        QTest::mouseDClick(coronal, Qt::LeftButton);
        QCOMPARE(m_page->grid().alone(), 1);
        QVERIFY(coronal->isVisible() && !m_page->grid().view(0)->isVisible());
        QCOMPARE(m_page->grid().active(), coronal);
        QCoreApplication::processEvents();
        QCOMPARE(coronal->size(), m_page->grid().size());
        QTest::mouseDClick(coronal, Qt::LeftButton);
        QVERIFY(m_page->grid().view(0)->isVisible());
        QCOMPARE(m_page->grid().view(2)->provider(), before);
        QTest::mouseDClick(coronal, Qt::LeftButton);
        QVERIFY(m_page->stepBack()); // Esc
        QCOMPARE(m_page->grid().alone(), -1);
        m_page->perform(QStringLiteral("tool.length"));
        QTest::mouseClick(coronal, Qt::LeftButton); // how a double click begins
        QTest::mouseDClick(coronal, Qt::LeftButton);
        QCOMPARE(m_page->grid().alone(), 1); // and no line of no length is left
        QVERIFY(!m_page->stepBack() || m_page->grid().alone() == -1);
    }
    void mouseAndDigitsAsElsewhere()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        Viewport *view = m_page->grid().view(0);
        QSignalSpy menu(view, &Viewport::menuWanted);
        const QPoint middle = view->rect().center();
        QTest::mousePress(view, Qt::RightButton, {}, middle);
        QTest::mouseMove(view, middle - QPoint(0, 60));
        QTest::mouseRelease(view, Qt::RightButton, {}, middle - QPoint(0, 60));
        QVERIFY(view->transform().zoom() > 0 && !view->transform().isFit()); // a drag zooms
        QCOMPARE(menu.size(), 0);
        QTest::mouseClick(view, Qt::RightButton, {}, middle);
        QCOMPARE(menu.size(), 1);
        m_page->findChild<QMenu *>(QStringLiteral("imaging.menu.more.entries"))->close();
        QTest::keyClick(view, Qt::Key_2, Qt::KeypadModifier); // a preset, while 2 above the letters pans
        QVERIFY(view->appearance().window.has_value());
        const auto *pan = m_page->findChild<QPushButton *>(QStringLiteral("imaging.tool.tool.pan"));
        QVERIFY(!pan->isChecked());
        QTest::keyClick(view, Qt::Key_2);
        QVERIFY(pan->isChecked());
        // The value under the mouse, without any tool.
        QTest::keyClick(view, Qt::Key_Backspace, Qt::ControlModifier);
        view->setIndex(5);
        QTest::mouseMove(view, view->transform().map(QPointF(50, 40)).toPoint());
        QTRY_COMPARE(view->pointedText(), QStringLiteral("105 HU"));
        QVERIFY2(view->placeText().contains(QStringLiteral("12.5")), qPrintable(view->placeText()));
    }
    // A window on another screen says whose images they are as well.
    // Shift+F10 or the Menu key on a row of the list: into which view; once, however many events a key makes.
    void menuOfTheSeriesList()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        QVERIFY(m_page->perform(QStringLiteral("layout.1x2")));
        SeriesList &list = m_page->seriesList();
        StackProvider *series = list.at(0);
        QVERIFY(series && !m_page->grid().view(1)->provider());
        list.setFocus();
        list.setCurrentRow(0);
        QTest::keyClick(&list, Qt::Key_F10, Qt::ShiftModifier);
        const QPoint middle = list.rect().center();
        QContextMenuEvent again(QContextMenuEvent::Keyboard, middle, list.mapToGlobal(middle));
        QCoreApplication::sendEvent(list.viewport(), &again);
        const auto menus = m_page->findChildren<QMenu *>(QStringLiteral("imaging.series.menu"));
        QCOMPARE(menus.size(), 1);
        QVERIFY(menus.front()->isVisible());
        QCOMPARE(menus.front()->actions().size(), 4); // two views, a line, all that the viewer can do
        menus.front()->actions().at(1)->trigger();
        menus.front()->close();
        QCOMPARE(m_page->grid().view(1)->provider(), static_cast<ImageProvider *>(series));
        QCOMPARE(m_page->grid().activeIndex(), 1);
        QTRY_VERIFY(m_page->findChildren<QMenu *>(QStringLiteral("imaging.series.menu")).isEmpty());
    }
    // Each row has the name on at most two lines and all that follows, at any width of the list.
    void rowsOfTheSeriesListAreEquallyHigh()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        SeriesList &list = m_page->seriesList();
        const int line = list.fontMetrics().lineSpacing();
        for (const int width : {90, 180, 400}) {
            list.resize(width, 300);
            QTest::qWait(20);
            QVERIFY(list.visualItemRect(list.item(0)).height() >= 4 * line);
            QVERIFY(list.visualItemRect(list.item(0)).width() <= width);
        }
    }
    // A list that is made again because more has come stays where it was; that of another study does not.
    void moreOfTheStudyDoesNotMoveTheList()
    {
        test::TestStudy second = scanAndScout();
        second.series = "2.25.1001.2";
        second.seriesNumber = 3;
        QVERIFY(m_fixture->store(scanAndScout()) && m_fixture->store(second));
        open();
        StackProvider *scan = m_page->seriesList().at(0), *scout = m_page->seriesList().at(1);
        QVERIFY(scan && scout);
        OpenStudy study;
        study.row.key = QStringLiteral("1");
        study.providers = {scan, scan, scan, scan, scan, scout};
        SeriesList list(m_fixture->theme);
        list.resize(200, 150);
        list.show();
        list.setStudies({&study}, scan->loader());
        QCOMPARE(list.currentRow(), 0);
        list.setCurrentRow(5);
        list.verticalScrollBar()->setValue(70);
        QCOMPARE(list.verticalScrollBar()->value(), 70);
        study.providers.append(scan);
        list.setStudies({&study}, scan->loader());
        QCOMPARE(list.count(), 7);
        QCOMPARE(list.currentRow(), 5);
        QTest::qWait(30); // after the list has laid its rows out
        QCOMPARE(list.verticalScrollBar()->value(), 70);
        study.row.key = QStringLiteral("2");
        list.setStudies({&study}, scan->loader());
        QCOMPARE(list.currentRow(), 0);
        QCOMPARE(list.verticalScrollBar()->value(), 0);
    }
    void ownWindowNamesThePatient()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        open();
        QVERIFY(m_page->perform(QStringLiteral("view.detach")));
        QWidget *window = m_page->grid().window();
        QVERIFY(window != m_page->window());
        auto *banner = window->findChild<IdentityBanner *>();
        QVERIFY(banner && banner->isVisible());
        const auto patient = m_fixture->profile->patients().get(m_fixture->patient);
        QVERIFY(patient.ok() && banner->identity().contains(patient->name));
        window->close();
        QCOMPARE(m_page->grid().window(), m_page->window());
    }
    void crossHairLiesWhereItWasSet()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        openPlanes();
        Viewport *axial = m_page->grid().view(0);
        const QPointF pixel(70.5, 30.5);
        QTest::mouseClick(axial, Qt::LeftButton, {}, axial->transform().map(pixel).toPoint());
        QTest::qWait(300);
        const imaging::FrameFacts &facts = axial->image().frameFacts();
        std::array<double, 3> point{};
        for (std::size_t i = 0; i < 3; ++i)
            point[i] = facts.position[i] + facts.orientation[i] * (pixel.x() - 0.5) * facts.spacingColumn
                + facts.orientation[i + 3] * (pixel.y() - 0.5) * facts.spacingRow;
        for (int i = 0; i < 3; ++i) {
            Viewport *view = m_page->grid().view(i);
            double distance = 0;
            const QPointF there = pixelOf(*view, point, &distance);
            QVERIFY2(distance < 1.3, qPrintable(QStringLiteral("view %1: %2 mm").arg(i).arg(distance)));
            m_page->perform(QStringLiteral("view.referenceLines")); // the cross alone
            const QImage picture = view->grab().toImage();
            m_page->perform(QStringLiteral("view.referenceLines"));
            const QPoint at = view->transform().map(there).toPoint();
            const int gap = m_fixture->theme.unit(2), arm = m_fixture->theme.unit(8);
            const QColor yellow = colour("imageMeasure");
            const auto beside = [&](int by) {
                return inBand(picture, yellow, QRect(at.x() + gap + 2, at.y() - 2 + by, arm - gap - 4, 5));
            };
            QVERIFY2(beside(0) > (arm - gap) / 2, qPrintable(QStringLiteral("view %1").arg(i)));
            QVERIFY2(beside(12) == 0 && beside(-12) == 0, qPrintable(QStringLiteral("view %1").arg(i)));
        }
    }
    void referenceLinesLieWherePlanesCut()
    {
        QVERIFY(m_fixture->store(scanAndScout()));
        openPlanes();
        Viewport *axial = m_page->grid().view(0), *coronal = m_page->grid().view(1);
        m_page->perform(QStringLiteral("tool.window"));
        m_page->grid().activate(1); // its line is drawn through, the others dashed
        for (const int index : {coronal->provider()->count() / 4, coronal->provider()->count() * 2 / 3}) {
            coronal->setIndex(index);
            QTRY_VERIFY(coronal->image().isReady());
            const imaging::FrameFacts &cut = coronal->image().frameFacts();
            const QPointF from = axial->transform().map(pixelOf(*axial, cut.position));
            const QImage picture = axial->grab().toImage();
            const QColor blue = colour("imageReference");
            const QRectF image(
                axial->transform().map(QPointF(20, 0)), axial->transform().map(QPointF(60, 0)));
            const auto row = [&](int by) {
                return inBand(picture, blue,
                    QRect(int(image.left()), int(std::lround(from.y())) - 2 + by, int(image.width()), 5));
            };
            QVERIFY2(row(0) > image.width() * 0.8, qPrintable(QString::number(row(0))));
            QVERIFY2(row(14) < image.width() * 0.2 && row(-14) < image.width() * 0.2,
                qPrintable(QStringLiteral("%1 %2").arg(row(14)).arg(row(-14))));
        }
        QVERIFY(m_page->perform(QStringLiteral("view.referenceLines")));
        m_page->perform(QStringLiteral("tool.window"));
        QCOMPARE(
            inBand(axial->grab().toImage(), colour("imageReference"), axial->rect().adjusted(4, 4, -20, -4)),
            0);
    }
    // Another Frame of Reference is another patient space: no line, however alike the numbers are.
    void noLinesAcrossSpaces()
    {
        test::TestStudy earlier = scanAndScout();
        earlier.study = "2.25.2002";
        earlier.series = "2.25.2002.1";
        earlier.date = "20250511";
        earlier.space = "2.25.88";
        QVERIFY(m_fixture->store(scanAndScout()));
        QVERIFY(m_fixture->store(earlier));
        open();
        QVERIFY(m_page->perform(QStringLiteral("compare")));
        QTRY_COMPARE_WITH_TIMEOUT(m_page->grid().views().size(), 2, 15000);
        for (Viewport *view : m_page->grid().views()) {
            QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
            QCOMPARE(inBand(view->grab().toImage(), colour("imageReference"),
                         view->rect().adjusted(4, 4, -20, -4)),
                0);
        }
    }
};

QTEST_MAIN(TstUiViewing)
#include "tst_ui_viewing.moc"
