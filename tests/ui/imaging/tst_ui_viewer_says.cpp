// What the viewer says of itself holds: the bar after an act that could do nothing, the date above a picture
// that was put elsewhere, a series that cannot be shown, and its own window when the program was locked.
#include "core/base/Oid.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/SeriesList.h"

#include <QAccessible>
#include <QMenu>
#include <QPushButton>

#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;

class TstUiViewerSays : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<ImagingPage> m_page{};

    static test::TestStudy scan(int slices = 6)
    {
        test::TestStudy ct;
        ct.slices = slices;
        return ct;
    }
    static test::TestStudy earlier()
    {
        test::TestStudy ct = scan();
        ct.study = "2.25.2002";
        ct.series = "2.25.2002.1";
        ct.date = "20251118";
        return ct;
    }
    void open()
    {
        m_page = m_fixture->open();
        QTRY_VERIFY_WITH_TIMEOUT(m_page->grid().view(0)->image().isReady(), 15000);
    }
    QPushButton *button(const char *act) const
    {
        return m_page->findChild<QPushButton *>(QStringLiteral("imaging.tool.") + QString::fromLatin1(act));
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::ImageStoreFixture>(); }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    // A single picture has nothing to play.
    void nothingToDoIsSaid()
    {
        QVERIFY(m_fixture->store(scan(1)));
        open();
        QSignalSpy said(m_fixture->context.get(), &AppContext::toastRequested);
        QTest::mouseClick(button("cine.toggle"), Qt::LeftButton);
        QCOMPARE(said.size(), 1);
        QVERIFY(!button("cine.toggle")->isChecked());
        Viewport *view = m_page->grid().view(0);
        QTest::keyClick(view, Qt::Key_Space); // a key as well
        QCOMPARE(said.size(), 2);
        QTest::keyClick(view, Qt::Key_Right, Qt::AltModifier); // there is one series
        QCOMPARE(said.size(), 3);
        QTest::keyClick(view, Qt::Key_8);
        QCOMPARE(said.size(), 3);
        QVERIFY(view->appearance().invert && button("view.invert")->isChecked());
    }

    void resetIsOnTheBarAsWell()
    {
        QVERIFY(m_fixture->store(scan()));
        open();
        auto *overlays = m_page->findChild<QAction *>(QStringLiteral("view.overlays"));
        QVERIFY(overlays && overlays->isChecked());
        overlays->trigger();
        QVERIFY(!overlays->isChecked() && !m_page->grid().view(0)->appearance().overlays);
        QTest::keyClick(m_page->grid().view(0), Qt::Key_Backspace, Qt::ControlModifier);
        QVERIFY(m_page->grid().view(0)->appearance().overlays);
        QVERIFY(overlays->isChecked());
    }

    // What a screen reader does to a button that can be checked is to toggle it, without a click.
    void toolsByAReadersHand()
    {
        QVERIFY(m_fixture->store(scan()));
        open();
        const auto toggle = [](QPushButton *at) {
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(at);
            face->actionInterface()->doAction(QAccessibleActionInterface::toggleAction());
        };
        toggle(button("tool.length"));
        QVERIFY(button("tool.length")->isChecked() && !button("tool.window")->isChecked());
        test::dragOn(m_page->grid().view(0), {30, 40}, {70, 40});
        QCOMPARE(m_page->book().all().size(), std::size_t(1));
        toggle(button("tool.length")); // it is the tool already
        QVERIFY(button("tool.length")->isChecked());
        toggle(button("view.invert"));
        QVERIFY(m_page->grid().view(0)->appearance().invert && button("view.invert")->isChecked());
        toggle(button("view.invert"));
        QVERIFY(!m_page->grid().view(0)->appearance().invert && !button("view.invert")->isChecked());
        auto *more = m_page->findChild<QPushButton *>(QStringLiteral("imaging.menu.more"));
        auto *entries = m_page->findChild<QMenu *>(QStringLiteral("imaging.menu.more.entries"));
        toggle(more);
        QTRY_VERIFY(entries->isVisible());
        QVERIFY(!more->isChecked());
        entries->close();
    }

    // Another series in the view of the earlier study is not of its date.
    void dateOfWhatWasPutIntoTheView()
    {
        QVERIFY(m_fixture->store(scan()));
        QVERIFY(m_fixture->store(earlier()));
        open();
        QVERIFY(m_page->otherView());
        QTRY_VERIFY_WITH_TIMEOUT(
            m_page->grid().views().size() == 2 && m_page->grid().view(1)->image().isReady(), 15000);
        Viewport *right = m_page->grid().view(1);
        QVERIFY2(right->accessibleName().contains(QStringLiteral("2025-11-18")),
            qPrintable(right->accessibleName()));
        m_page->grid().activate(1);
        m_page->showProvider(m_page->study()->providers.first());
        QTRY_VERIFY(right->image().isReady());
        QVERIFY2(right->accessibleName().contains(QStringLiteral("2026-11-18")),
            qPrintable(right->accessibleName()));
        QVERIFY(!right->accessibleName().contains(QStringLiteral("2025-11-18")));
        QVERIFY(m_page->otherView()); // alone again
        QTRY_COMPARE(m_page->grid().views().size(), 1);
        QVERIFY(!m_page->grid().view(0)->accessibleName().contains(QStringLiteral("2026-11-18")));
    }

    // The letter's other study arrives while this one is looked at.
    void earlierStudyThatComesLater()
    {
        QVERIFY(m_fixture->store(scan()));
        open();
        QVERIFY(!button("compare")->isEnabled() && !m_page->otherView());
        QVERIFY(m_fixture->store(earlier()));
        QVERIFY(m_page->refresh());
        QTRY_VERIFY_WITH_TIMEOUT(button("compare")->isEnabled(), 15000);
        QVERIFY(m_page->otherView());
    }

    void seriesThatCannotBeShown()
    {
        test::TestStudy torn = scan(1);
        torn.compressed = "no picture";
        torn.syntax = base::oid("tsJ2kLossless").text().toLatin1();
        QVERIFY(m_fixture->store(torn));
        m_page = m_fixture->open();
        Viewport *view = m_page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().state == ShownImage::State::Broken, 15000);
        SeriesList &list = m_page->seriesList();
        QCOMPARE(list.count(), 1);
        QTRY_COMPARE(list.item(0)->data(Qt::AccessibleTextRole).toString().count(QLatin1Char('\n')), 3);
        const QImage sign = list.item(0)->icon().pixmap(list.iconSize()).toImage();
        int red = 0;
        for (int y = 0; y < sign.height(); ++y) {
            for (int x = 0; x < sign.width(); ++x)
                red += sign.pixelColor(x, y) != m_fixture->theme.color("imageBack") ? 1 : 0;
        }
        QVERIFY(red > 0);
        QVERIFY2(view->accessibleDescription() != view->stateText(), qPrintable(view->stateText()));
    }

    void clickBelowTheSeries()
    {
        QVERIFY(m_fixture->store(scan()));
        open();
        SeriesList &list = m_page->seriesList();
        QCOMPARE(list.selectedItems().size(), 1);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(20, list.viewport()->height() - 20));
        QCOMPARE(list.selectedItems().size(), 1); // the view shows it still
    }

    void markedIsSaid()
    {
        QVERIFY(m_fixture->store(scan()));
        open();
        Viewport *view = m_page->grid().view(0);
        const QString before = view->accessibleDescription();
        QTest::keyClick(view, Qt::Key_Insert);
        QVERIFY(view->accessibleDescription() != before);
        QTest::keyClick(view, Qt::Key_Insert);
        QCOMPARE(view->accessibleDescription(), before);
    }

    // The program hides it when it is locked, and leaves it so: with the page it comes back.
    void ownWindowAfterTheLock()
    {
        QVERIFY(m_fixture->store(scan()));
        open();
        QVERIFY(m_page->perform(QStringLiteral("view.detach")));
        QPointer<QWidget> window = m_page->grid().window();
        QVERIFY(window && window != m_page->window());
        QTRY_VERIFY(window->isVisible());
        QSignalSpy locks(m_fixture->context.get(), &AppContext::lockRequested);
        QVERIFY(QTest::qWaitForWindowActive(window));
        QTest::keyClick(m_page->grid().view(0), Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(locks.size(), 1);
        m_page->lock();
        m_page->hide();
        window->hide();
        QTest::qWait(10);
        QVERIFY(!window->isVisible());
        m_page->show();
        QTRY_VERIFY(window && window->isVisible());
        QVERIFY(m_page->grid().view(0)->isVisible());
        QVERIFY(m_page->findChild<QAction *>(QStringLiteral("view.detach"))->isChecked());
        window->close();
        QTRY_VERIFY(!window);
        QVERIFY(m_page->isAncestorOf(&m_page->grid()));
        QVERIFY(!m_page->findChild<QAction *>(QStringLiteral("view.detach"))->isChecked());
    }
};

QTEST_MAIN(TstUiViewerSays)
#include "tst_ui_viewer_says.moc"
