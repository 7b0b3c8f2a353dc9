// Images attached to a referral by keys alone: chosen with number and size in sight, shown in the preview,
// removed with undo, and what is sealed names them.
#include "tests/ui/compose/Fixture.h"

#include "core/services/ComposeService.h"
#include "core/services/ImageService.h"
#include "core/services/ImageSharing.h"
#include "core/services/PacsService.h"
#include "tests/support/DicomStudy.h"
#include "ui/pages/compose/AttachmentBar.h"
#include "ui/pages/compose/ComposePage.h"
#include "ui/pages/compose/ImageChoice.h"
#include "ui/pages/compose/PreviewPane.h"
#include "ui/pages/compose/SectionNav.h"
#include "ui/pages/compose/SendSheet.h"
#include "ui/pages/compose/Sending.h"
#include "ui/text/Dates.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/DataTable.h"

#include <QPushButton>

#include <thread>

using namespace naru;
using namespace naru::ui;

class TestAttach : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<test::Fixture>();
        const auto draft = m_f->profile->compose().create(clinical::Form::Referral, m_f->patient);
        QVERIFY(draft);
        m_draft = draft->id;
    }
    void cleanup()
    {
        m_page.reset();
        m_f.reset();
    }

    void nothingToAttachNothingShown()
    {
        open();
        QTest::qWait(50);
        QVERIFY(m_page->attachments()->isHidden());
    }

    void byKeysAndBack()
    {
        import("2.25.100", "CHEST CT", 3, m_f->patient);
        import("2.25.101", "KNEE", 2, {}); // nobody's: not offered
        open();
        QTRY_VERIFY(!m_page->attachments()->isHidden());
        QTest::keyClick(m_page.get(), Qt::Key_I, Qt::AltModifier);
        DataTable *list = m_page->attachments()->list();
        QTRY_VERIFY(list->isVisible() && list->hasFocus());
        QCOMPARE(list->filter().rowCount(), 1);
        QStringList cells;
        for (int column = 0; column < 5; ++column)
            cells.append(list->filter().index(0, column).data().toString());
        QVERIFY2(cells.contains(QStringLiteral("3")) && cells.contains(QStringLiteral("2026-11-20")),
            qPrintable(cells.join(QLatin1Char('|'))));
        QCOMPARE(test::unnamed(m_page->attachments()), QStringList());
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(m_page->model().document().images.size(), std::size_t(1));
        const QString kos = m_page->model().document().images.front().kosUid;
        QCOMPARE(m_page->model().document().content.labs.back().kosUid, kos);
        QVERIFY(list->isHidden());
        QTRY_VERIFY(m_page->preview()->isCurrent());
        m_page->preview()->view()->finishNow();
        QVERIFY(m_page->preview()->view()->toPlainText().contains(QStringLiteral("영상 3장")));
        auto *chip = m_page->findChild<QPushButton *>(QStringLiteral("compose.attached.1"));
        QVERIFY(chip && chip->text().contains(QStringLiteral("CHEST CT")));
        test::Fixture::shoot(*m_page, QStringLiteral("compose-attached"));
        chip->setFocus();
        QTest::keyClick(chip, Qt::Key_Delete);
        QTRY_VERIFY(m_page->model().document().images.empty());
        QVERIFY(m_page->undo()); // one step
        QCOMPARE(m_page->model().document().images.front().kosUid, kos);
        QVERIFY(m_page->settle());
        const auto sealed = m_f->profile->compose().sealPreview(m_draft);
        QVERIFY(sealed);
        QVERIFY(sealed->bytes.contains("rev=\"" + kos.toUtf8() + "\""));
    }

    // Of three slices only the second; the row of the attachments in the list of sections opens the list too.
    void oneImageOfAStudy()
    {
        import("2.25.100", "CHEST CT", 3, m_f->patient);
        open();
        QTRY_VERIFY(!m_page->attachments()->isHidden());
        auto *nav = m_page->findChild<SectionNav *>();
        QVERIFY(nav);
        const QTreeWidgetItem *row = nav->topLevelItem(nav->topLevelItemCount() - 1);
        QVERIFY(!row->text(1).contains(QStringLiteral("✓")));
        QVERIFY(m_page->goToSection(nav->topLevelItemCount()));
        DataTable *list = m_page->attachments()->list();
        QTRY_VERIFY(list->isVisible() && list->hasFocus() && list->filter().rowCount() == 1);
        QTest::keyClick(list, Qt::Key_Right);
        ImageChoice *choice = m_page->attachments()->single();
        QTRY_VERIFY(choice->isVisible() && choice->list()->filter().rowCount() == 3);
        QTRY_VERIFY(choice->list()->hasFocus());
        QTRY_VERIFY(!choice->findChild<QLabel *>()->pixmap().isNull()); // what one chooses is seen
        QCOMPARE(test::unnamed(m_page->attachments()), QStringList());
        QTest::keyClick(choice->list(), Qt::Key_Down);
        QTest::keyClick(choice->list(), Qt::Key_Space);
        QCOMPARE(choice->ticked().size(), 1);
        test::Fixture::shoot(*m_page, QStringLiteral("compose-single"));
        QTest::keyClick(choice->list(), Qt::Key_Return);
        QTRY_COMPARE(m_page->model().document().images.size(), std::size_t(1));
        const clinical::AttachedImages one = m_page->model().document().images.front();
        QCOMPARE(one.images, 1);
        QCOMPARE(one.instances.size(), 1);
        QVERIFY(choice->isHidden() && list->isHidden());
        QTRY_VERIFY(nav->topLevelItem(nav->topLevelItemCount() - 1)->text(1).contains(QStringLiteral("✓")));
        // Asked again, what was chosen is ticked; one more keeps the manifest's name.
        QTest::keyClick(m_page.get(), Qt::Key_I, Qt::AltModifier);
        QTRY_VERIFY(list->isVisible() && list->hasFocus());
        QTest::keyClick(list, Qt::Key_Right);
        QTRY_COMPARE(choice->ticked(), one.instances);
        QTest::keyClick(choice->list(), Qt::Key_Space);
        QTest::keyClick(choice->list(), Qt::Key_Return);
        QTRY_COMPARE(m_page->model().document().images.front().images, 2);
        QCOMPARE(m_page->model().document().images.front().kosUid, one.kosUid);
    }

    // The last look before sending says what goes along, and that more is on its way.
    void theSendSheetNamesTheImages()
    {
        import("2.25.100", "CHEST CT", 3, m_f->patient);
        open();
        m_page->resize(1366, 660); // what the shell leaves of 768
        SendSheet &sheet = *m_page->sheet();
        const auto *images = sheet.findChild<QLabel *>(QStringLiteral("compose.sendSheet.images"));
        const auto *arriving = sheet.findChild<QLabel *>(QStringLiteral("compose.sendSheet.arriving"));
        sheet.setImages({});
        QVERIFY(images->isHidden() && arriving->isHidden());
        QVERIFY(m_f->profile->sharing().attach(m_draft, QStringLiteral("2.25.100")));
        QTRY_COMPARE(m_page->model().document().images.size(), std::size_t(1));
        auto *sending = m_page->findChild<Sending *>();
        QVERIFY(sending);
        sending->seal();
        QTRY_VERIFY(sheet.isVisible() && !images->isHidden());
        const auto going = [this] {
            return m_f->profile->sharing().going(m_f->profile->compose().open(m_draft)->document);
        };
        QVERIFY(arriving->isHidden());
        test::Fixture::shoot(*m_page, QStringLiteral("compose-sheet-images"));
        const auto counted = [&going](int number) {
            return SendSheet::tr("%1 series, %2 images, %3")
                .arg(QStringLiteral("1"), QString::number(number), text::byteCount(going().front().bytes));
        };
        for (const QString &part : {QStringLiteral("CHEST CT"), QStringLiteral("2026-11-20"), counted(3)})
            QVERIFY2(images->text().contains(part), qPrintable(images->text()));
        // More of it is asked of an archive that has not answered yet.
        services::PacsNode node;
        node.name = QStringLiteral("방사선과");
        node.host = QStringLiteral("127.0.0.1");
        node.port = 1;
        node.aeTitle = QStringLiteral("HOUSE");
        node.ourAeTitle = QStringLiteral("CLINIC");
        QVERIFY(m_f->profile->pacs().setNode(node).ok());
        const auto job = m_f->profile->pacs().fetch(node.name, QStringLiteral("2.25.100"), m_f->patient);
        QVERIFY(job.ok());
        QTRY_VERIFY(!arriving->isHidden()); // the open sheet says so by itself
        test::Fixture::shoot(*m_page, QStringLiteral("compose-sheet-arriving"));
        QVERIFY(m_f->profile->pacs().stop(*job).ok());
        QTRY_VERIFY(arriving->isHidden());
        // What came after it was attached goes along, and that is told.
        import("2.25.100", "CHEST CT", 5, m_f->patient);
        QCOMPARE(going().front().images, 5);
        QTRY_VERIFY2(images->text().contains(counted(5)), qPrintable(images->text()));
        QVERIFY(images->text().contains(SendSheet::tr("%1 images when it was attached").arg(3)));
    }

    // The viewer's way: the service attaches to the draft that is open, and the page shows it.
    void fromTheViewer()
    {
        import("2.25.100", "CHEST CT", 3, m_f->patient);
        open();
        QTRY_VERIFY(!m_page->attachments()->isHidden());
        auto attached = m_f->profile->sharing().attach(
            m_draft, QStringLiteral("2.25.100"), {QStringLiteral("2.25.100.1.2")});
        QVERIFY(attached);
        QTRY_COMPARE(m_page->model().document().images.size(), std::size_t(1));
        QCOMPARE(m_page->model().document().images.front().images, 1);
        const QString kos = m_page->model().document().images.front().kosUid;
        attached = m_f->profile->sharing().attach(
            m_draft, QStringLiteral("2.25.100"), {QStringLiteral("2.25.100.1.3")});
        QVERIFY(attached);
        QTRY_COMPARE(m_page->model().document().images.front().images, 2);
        QCOMPARE(m_page->model().document().images.front().kosUid, kos);
        auto *chip = m_page->findChild<QPushButton *>(QStringLiteral("compose.attached.1"));
        QVERIFY(chip);
        chip->click();
        QTRY_VERIFY(m_page->model().document().images.empty());
        QVERIFY(m_page->settle());
        QTest::qWait(50); // its own save is news as well
        QVERIFY(m_page->model().document().images.empty());
    }

    // Words are typed and saved while the viewer attaches: neither loses the other's part.
    void whileTheDraftIsSaved()
    {
        for (int i = 0; i < 6; ++i)
            import("2.25.20" + QByteArray::number(i), "CT", 1, m_f->patient);
        open();
        QTRY_VERIFY(!m_page->attachments()->isHidden());
        const auto profile = m_f->profile;
        std::thread viewer([profile, draft = m_draft] {
            for (int i = 0; i < 6; ++i)
                (void)profile->sharing().attach(draft, QStringLiteral("2.25.20%1").arg(i));
        });
        QString words;
        for (int i = 0; i < 40; ++i) {
            words += QLatin1Char('a');
            m_page->model().edit(QStringLiteral("reason"),
                [&](DocumentModel::State &state) { state.document.content.reason.text = words; });
            QVERIFY(m_page->saveNow());
            QCoreApplication::processEvents();
        }
        viewer.join();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->model().document().images.size(), std::size_t(6), 10000);
        QVERIFY(m_page->settle());
        const auto stored = m_f->profile->compose().open(m_draft);
        QVERIFY(stored);
        QCOMPARE(stored->document.images.size(), std::size_t(6));
        QCOMPARE(stored->document.content.reason.text, words);
    }

private:
    void open()
    {
        PageRequest request{QStringLiteral("compose"), m_f->patient, m_draft, {}};
        m_page.reset(static_cast<ComposePage *>(ComposePage::make(*m_f->context, request, nullptr)));
        m_page->resize(1200, 700);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }
    void import(
        const QByteArray &study, const QByteArray &name, int count, const services::PatientKey &patient)
    {
        QTemporaryDir folder;
        testsupport::TestInstance like;
        like.studyUid = study;
        like.seriesUid = study + ".1";
        like.description = name;
        if (patient.isEmpty()) {
            like.patientId = "X-9";
            like.patientName = "WHO^KNOWS";
            like.birthDate = "19000101";
        }
        for (int i = 0; i < count; ++i) {
            QFile file(folder.filePath(QString::number(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(testsupport::slice(i, like).file());
        }
        const auto report = m_f->profile->images().import({folder.path()}, patient, {});
        QVERIFY2(report, report ? "" : qPrintable(report.error().toString()));
        QCOMPARE(report->stored + report->known, count);
    }
    std::unique_ptr<test::Fixture> m_f{};
    std::unique_ptr<ComposePage> m_page{};
    services::DraftId m_draft{};
};

QTEST_MAIN(TestAttach)
#include "tst_ui_attach.moc"
