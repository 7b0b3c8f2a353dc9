// The viewer as a doctor uses it, in the real window with keys and mouse: a CT that a return letter speaks
// of, beside the earlier one, measured, marked, into the referral; a disc and a ZIP file; images that arrive
// meanwhile.
#include "core/services/ComposeService.h"
#include "core/services/PacsService.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/KeyImages.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/shell/KeySheet.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Toast.h"
#include "ui/widgets/MessageStrip.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTableWidget>

#include <thread>

using namespace naru;
using namespace naru::ui;

class TstUiImagingJourney : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<MainWindow> m_window{};
    QTemporaryDir m_folder{};

    ImagingPage *openPage(const QString &study = {})
    {
        m_fixture->context->openImaging(m_fixture->patient, study);
        return qobject_cast<ImagingPage *>(m_window->currentPage());
    }
    static test::TestStudy current()
    {
        test::TestStudy ct;
        ct.slices = 9;
        return ct;
    }
    static test::TestStudy earlier()
    {
        test::TestStudy ct = current();
        ct.study = "2.25.2002";
        ct.series = "2.25.2002.1";
        ct.date = "20250511";
        ct.space = "2.25.88";
        return ct;
    }
    static bool isShown(ImagingPage *page, int view = 0)
    {
        const QList<Viewport *> views = page->grid().views();
        return view < views.size() && views[view]->image().isReady();
    }
    // What the person types into the dialogue that the page has opened.
    static void chooseIn(ImagingPage *page, const QString &path)
    {
        auto *dialog = page->findChild<QFileDialog *>();
        QVERIFY(dialog);
        auto *name = dialog->findChild<QLineEdit *>();
        QVERIFY(name);
        QApplication::clipboard()->setText(path); // typing each key would fight with the list of completions
        name->setFocus();
        name->selectAll();
        name->paste();
        QPushButton *choose = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Open);
        QVERIFY(choose && choose->isEnabled());
        QTest::mouseClick(choose, Qt::LeftButton);
    }
    static MessageStrip *strip(ImagingPage *page)
    {
        for (MessageStrip *one : page->findChildren<MessageStrip *>()) {
            if (one != &page->warning())
                return one;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::ImageStoreFixture>();
        m_fixture->context->registerPage(QStringLiteral("imaging"), ImagingPage::make);
        m_window = std::make_unique<MainWindow>(*m_fixture->context);
        m_window->resize(1366, 768);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void fromTheLetterToTheReferral()
    {
        QVERIFY(m_fixture->store(earlier()) && m_fixture->store(current()));
        const auto draft = m_fixture->profile->compose().create(clinical::Form::Referral, m_fixture->patient);
        QVERIFY(draft);
        ImagingPage *page = openPage(QStringLiteral("2.25.1001")); // what the letter's [Images] asks for
        QVERIFY(page);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(page), 20000);
        QCOMPARE(page->study()->row.date, QStringLiteral("20261118"));

        QTest::keyClick(page->grid().active(), Qt::Key_F9); // beside the earlier one
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().views().size() == 2 && isShown(page, 1), 20000);
        Viewport *left = page->grid().view(0), *right = page->grid().view(1);
        left->setFocus();
        const int before = right->index();
        QTest::keyClick(left, Qt::Key_PageDown);
        QTRY_COMPARE(right->index(), before + 1); // moves along
        QTRY_VERIFY(left->image().isReady() && right->image().isReady());

        QTest::keyClick(left, Qt::Key_4);
        test::dragOn(left, {30, 40}, {70, 40});
        QCOMPARE(page->book().all().size(), std::size_t(1));
        QVERIFY(std::abs(page->book().all().front().reading.value() - 30) < 1);
        QTest::keyClick(left, Qt::Key_Insert);
        QCOMPARE(page->keyImages().all().size(), 1);
        test::Fixture::shoot(*m_window, QStringLiteral("imaging-journey"));
        QTest::keyClick(left, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(page->book().unsaved(), 0, 15000);

        const QString sop = left->image().facts->sopUid;
        QTest::keyClick(left, Qt::Key_Return, Qt::ControlModifier);
        const auto content = [&] { return m_fixture->profile->compose().open(draft->id)->document.content; };
        QTRY_VERIFY_WITH_TIMEOUT(!content().readings.empty(), 15000);
        QCOMPARE(content().readings.front().sopUid, sop);
        // A key object document of the same study lies beside its images.
        const auto kept = [&] {
            int count = 0;
            auto &images = m_fixture->profile->images();
            for (const services::SeriesRow &series : images.series(page->study()->row.key)) {
                for (const services::InstanceRow &row : images.instances(series.key))
                    count += row.facts.kind == imaging::Kind::KeyObjects ? 1 : 0;
            }
            return count;
        };
        QTRY_COMPARE_WITH_TIMEOUT(kept(), 1, 15000);
        // Both go with the draft; asking again changes nothing, another image is added.
        const auto attached = [&] {
            const auto images = m_fixture->profile->compose().open(draft->id)->document.images;
            return images.size() == 1 ? int(images.front().instances.size()) : -int(images.size());
        };
        QTRY_COMPARE_WITH_TIMEOUT(attached(), 2, 15000);
        openPage();
        QTest::keyClick(left, Qt::Key_Return, Qt::ControlModifier);
        QTest::qWait(300);
        QCOMPARE(kept(), 1);
        QCOMPARE(attached(), 2);
        QTest::keyClick(left, Qt::Key_PageDown);
        QTRY_VERIFY(left->image().isReady());
        QTest::keyClick(left, Qt::Key_Insert);
        QTest::keyClick(left, Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(left, Qt::Key_Return, Qt::ControlModifier); // nobody waits
        QTRY_COMPARE_WITH_TIMEOUT(kept(), 2, 15000);
        QTRY_COMPARE_WITH_TIMEOUT(attached(), 4, 15000);
        QTest::qWait(300);
        QCOMPARE(kept(), 2);
        QCOMPARE(attached(), 4);
        QCOMPARE(content().readings.size(), std::size_t(2));
        // What the page saved itself is no news.
        QTRY_VERIFY(!page->desk().isLoading());
        QTest::qWait(100);
        QVERIFY2(!strip(page)->isShowing(), qPrintable(strip(page)->sentence()));
    }
    // Somebody who presses Ctrl+S again because nothing seems to happen.
    // At the second screen: what the program says is said where she looks, F1 lists the keys there.
    void ownWindowSaysAndHelps()
    {
        QVERIFY(m_fixture->store(current()));
        ImagingPage *page = openPage(QStringLiteral("2.25.1001"));
        QVERIFY(page);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(page), 20000);
        QVERIFY(page->perform(QStringLiteral("view.detach")));
        QWidget *own = page->grid().window();
        QVERIFY(own != m_window.get());
        own->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), own);
        const auto toastOf = [](const QWidget &window) { return window.findChild<Toast *>(); };
        int undone = 0;
        m_fixture->context->showToast(QStringLiteral("A view is gone"), [&undone] { ++undone; });
        QCOMPARE(toastOf(*own)->text(), QStringLiteral("A view is gone"));
        QVERIFY(toastOf(*m_window)->text() != QStringLiteral("A view is gone"));
        QTest::keyClick(own, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(undone, 1);
        QVERIFY(!toastOf(*own)->isVisible());

        QWidget *before = own->focusWidget();
        QTest::keyClick(before, Qt::Key_F1);
        const auto *sheet = own->findChild<KeySheet *>();
        QTRY_VERIFY(sheet->isVisible());
        QVERIFY(sheet->findChild<QTableWidget *>()->rowCount() > 10);
        test::Fixture::shoot(*own, QStringLiteral("imaging-window-keys"));
        QTest::keyClick(own->focusWidget(), Qt::Key_Escape);
        QVERIFY(!sheet->isVisible());
        QCOMPARE(own->focusWidget(), before);
        QVERIFY(own->isVisible()); // Escape closed the sheet alone

        m_window->activateWindow();
        QTRY_COMPARE(QApplication::activeWindow(), m_window.get());
        m_fixture->context->showToast(QStringLiteral("Said here"));
        QCOMPARE(toastOf(*m_window)->text(), QStringLiteral("Said here"));
        QCOMPARE(toastOf(*own)->text(), QString());
        // The program ends while it is open.
        const QPointer<QWidget> left(own);
        m_window.reset();
        QVERIFY(!left);
    }
    void savedTwiceIsOneDocument()
    {
        QVERIFY(m_fixture->store(current()));
        ImagingPage *page = openPage(QStringLiteral("2.25.1001"));
        QTRY_VERIFY_WITH_TIMEOUT(isShown(page), 20000);
        Viewport *view = page->grid().view(0);
        QTRY_VERIFY(view->image().isReady());
        const auto kept = [&](imaging::Kind kind) {
            int count = 0;
            services::ImageService &images = m_fixture->profile->images();
            for (const services::SeriesRow &series : images.series(page->study()->row.key)) {
                for (const services::InstanceRow &row : images.instances(series.key))
                    count += row.facts.kind == kind ? 1 : 0;
            }
            return count;
        };
        view->setFocus();
        QTest::keyClick(view, Qt::Key_4);
        test::dragOn(view, {30, 40}, {70, 40});
        QTest::keyClick(view, Qt::Key_Insert);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(view, Qt::Key_S, Qt::ControlModifier);
        test::dragOn(view, {30, 50}, {70, 50}); // while it is being written
        QTest::keyClick(view, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!page->hasUnsavedDraft(), 15000);
        QTest::qWait(300); // nothing follows
        QCOMPARE(kept(imaging::Kind::KeyObjects), 1);
        const int states = kept(imaging::Kind::Presentation);
        QVERIFY2(states == 1 || states == 2, qPrintable(QString::number(states))); // one line or two at first
        QCOMPARE(kept(imaging::Kind::Report), states);
        QTest::keyClick(view, Qt::Key_S, Qt::ControlModifier);
        QTest::qWait(300);
        QCOMPARE(kept(imaging::Kind::KeyObjects), 1);
        QCOMPARE(kept(imaging::Kind::Presentation), states);
    }
    void discAndArchive_data()
    {
        QTest::addColumn<bool>("zip");
        QTest::newRow("disc with its folder tree") << false;
        QTest::newRow("ZIP") << true;
    }
    void discAndArchive()
    {
        QFETCH(const bool, zip);
        // A disc as another clinic writes it, with its DICOMDIR.
        QVERIFY(m_fixture->store(current()));
        services::ImageService &images = m_fixture->profile->images();
        const QString made = images.studies({}).front().key;
        const QString path = m_folder.filePath(zip ? QStringLiteral("disc.zip") : QStringLiteral("disc"));
        QVERIFY(images.exportTo(made, path));
        QVERIFY(images.remove(made).ok());
        if (!zip)
            QVERIFY(QFile::exists(path + QStringLiteral("/DICOMDIR")));
        ImagingPage *page = openPage();
        // An empty chart offers the ways by which images come, and the keyboard stands on the first.
        const auto *none = page->findChild<QWidget *>(QStringLiteral("imaging.none"));
        QTRY_VERIFY(none && none->isVisible());
        QVERIFY(!page->grid().isVisible());
        test::Fixture::shoot(*m_window, QStringLiteral("imaging-none"));
        QTRY_VERIFY(none->isAncestorOf(QApplication::focusWidget()));
        QTRY_COMPARE(
            none->findChild<QScrollArea *>()->verticalScrollBar()->value(), 0); // the heading is seen
        const QString way = zip ? QStringLiteral("import.zip") : QStringLiteral("import.folder");
        for (int i = 0; i < 9 && !QApplication::focusWidget()->objectName().endsWith(way); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        chooseIn(page, path);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(page), 20000);
        QVERIFY(!none->isVisible());
        QCOMPARE(m_window->focusWidget(), static_cast<QWidget *>(page->grid().view(0)));
        QCOMPARE(page->grid().view(0)->provider()->count(), 9);
        QCOMPARE(images.studies({}).size(), std::size_t(1));
        QTRY_VERIFY(strip(page)->isShowing());
        QVERIFY(strip(page)->sentence().contains(QLatin1Char('9')));
        test::Fixture::shoot(*m_window, zip ? QStringLiteral("imaging-zip") : QStringLiteral("imaging-disc"));
    }
    void discWithoutImages()
    {
        const QString disc = m_folder.filePath(QStringLiteral("empty"));
        QVERIFY(QDir().mkpath(disc));
        QFile note(disc + QStringLiteral("/AUTORUN.INF"));
        QVERIFY(note.open(QIODevice::WriteOnly) && note.write("[autorun]") > 0);
        note.close();
        ImagingPage *page = openPage();
        page->importImages(disc);
        QTRY_VERIFY_WITH_TIMEOUT(strip(page)->isShowing(), 15000);
        QCOMPARE(strip(page)->kind(), MessageStrip::Kind::Error);
    }
    // As a listener of the archive does: from another thread, one after the other.
    void arrivingMeanwhile()
    {
        test::TestStudy ct = current();
        ct.slices = 3;
        QVERIFY(m_fixture->store(ct));
        ImagingPage *page = openPage();
        QTRY_VERIFY_WITH_TIMEOUT(isShown(page), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(page->grid().view(0)->provider()->loadedCount(), 3, 15000);
        const QString looked = page->grid().view(0)->image().facts->sopUid;
        ct.slices = 7;
        std::jthread sender([&ct, profile = m_fixture->profile] {
            for (int i = 3; i < 7; ++i)
                (void)profile->images().put(ct.file(i), QStringLiteral("pacs:ORTHANC"));
        });
        // Said, and the stack grows around the picture that is being looked at.
        QTRY_COMPARE_WITH_TIMEOUT(page->grid().view(0)->provider()->count(), 7, 15000);
        sender.join();
        QVERIFY(m_window->toast().isVisible());
        QCOMPARE(page->grid().view(0)->image().facts->sopUid, looked);
        QVERIFY(isShown(page));
        test::Fixture::shoot(*m_window, QStringLiteral("imaging-arriving"));
        // An archive may send the lower end last: the numbers change, the picture does not.
        ct.firstZ = -10;
        ct.series = "2.25.1001.2";
        ct.seriesNumber = 3;
        (void)m_fixture->profile->images().put(ct.file(0), QStringLiteral("pacs:ORTHANC"));
        QTRY_COMPARE_WITH_TIMEOUT(page->seriesList().count(), 2, 15000);
        QCOMPARE(page->grid().view(0)->image().facts->sopUid, looked);
    }
    // The same by C-STORE: another program sends to the listener of this profile.
    void arrivingByStore()
    {
        const QString sender = QStandardPaths::findExecutable(QStringLiteral("storescu"));
        if (sender.isEmpty())
            QSKIP("storescu is not installed");
        test::TestStudy ct = current();
        ct.slices = 3;
        QVERIFY(m_fixture->store(ct));
        services::PacsService &pacs = m_fixture->profile->pacs();
        services::PacsListen listen;
        listen.aeTitle = QStringLiteral("NARU");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(pacs.setListenSettings(listen).ok());
        services::PacsNode node;
        node.name = QStringLiteral("orthanc");
        node.aeTitle = QStringLiteral("ORTHANC");
        node.ourAeTitle = QStringLiteral("NARU");
        node.host = QStringLiteral("127.0.0.1");
        node.port = 104;
        QVERIFY(pacs.setNode(node).ok());
        const auto port = pacs.startListening();
        QVERIFY2(port.ok(), port ? "" : qPrintable(port.error().toString()));
        ImagingPage *page = openPage();
        QTRY_VERIFY_WITH_TIMEOUT(isShown(page), 20000);
        ct.slices = 8;
        const QString more = m_folder.filePath(QStringLiteral("more"));
        ct.write(more);
        QProcess program;
        program.start(sender,
            {QStringLiteral("-aet"), QStringLiteral("ORTHANC"), QStringLiteral("-aec"),
                QStringLiteral("NARU"), QStringLiteral("+sd"), QStringLiteral("127.0.0.1"),
                QString::number(*port), more});
        QVERIFY(program.waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 20000);
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
        QTRY_COMPARE_WITH_TIMEOUT(
            page->grid().view(0)->provider() ? page->grid().view(0)->provider()->count() : 0, 8, 15000);
        QVERIFY(isShown(page));
        pacs.stopListening();
    }
};

QTEST_MAIN(TstUiImagingJourney)
#include "tst_ui_imaging_journey.moc"
