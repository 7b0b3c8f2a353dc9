// A document (PDF) of a study: read where its images are, saved as it came, and one that cannot be drawn.
#include "core/base/Oid.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/Content.h"
#include "core/jobs/JobQueue.h"
#include "tests/core/imaging/paper/TestPdf.h"
#include "tests/ui/imaging/ObjectsFolder.h"
#include "ui/pages/imaging/PaperView.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextBrowser>

using namespace naru;
using namespace naru::ui;

namespace {
constexpr quint32 Document = 0x00420011, DocumentType = 0x00420012;
}

class TstUiDocuments : public QObject {
    Q_OBJECT
    test::ObjectsFolder m_place{};

    void writeDocument(const QByteArray &bytes) const
    {
        imaging::DataSetValue pdf = test::object(base::oid("sopPdf").text(), "DOC", "동의서", 4);
        pdf.setText(DocumentType, QStringLiteral("application/pdf"));
        pdf.setBytes(Document, bytes.size() % 2 ? bytes + QByteArray(1, '\0') : bytes);
        m_place.write("pdf", pdf);
    }
    const imaging::InstanceRef *documentOf() const
    {
        for (const imaging::InstanceRef &one : m_place.page->study()->instances) {
            if (one.facts && one.facts->kind == imaging::Kind::Pdf)
                return &one;
        }
        return nullptr;
    }
private Q_SLOTS:
    void init() { m_place.begin(); }
    void cleanup() { m_place.end(); }

    void aDocumentIsReadAndSaved()
    {
        const QByteArray document = test::pdfOf(
            {"1 0 0 rg 0 0 297.5 421 re f", "0 0 1 rg 0 0 595 842 re f", "0 1 0 rg 0 0 595 842 re f"})
                                        .bytes();
        writeDocument(document);
        m_place.open();
        QPushButton *named = m_place.button(QStringLiteral("동의서"));
        QVERIFY(named);
        named->click();
        PaperView &pages = m_place.objects()->pages();
        QTRY_VERIFY_WITH_TIMEOUT(pages.isVisible() && pages.isDrawn(0), 15000);
        QCOMPARE(pages.pageCount(), 3);
        QCOMPARE(pages.verticalScrollBar()->value(), 0); // from its beginning
        auto *title = m_place.objects()->findChild<QLabel *>(QStringLiteral("imaging.objects.title"));
        QVERIFY(title && title->text().contains(QStringLiteral("동의서")));
        QVERIFY(title->text().contains(QLatin1Char('1')) && title->text().contains(QLatin1Char('3')));
        const auto shows = [&pages](QRgb colour) {
            const QImage seen = pages.viewport()->grab().toImage();
            return seen.pixel(seen.width() * 2 / 5, seen.height() / 2) == colour;
        };
        test::Fixture::shoot(*m_place.page, QStringLiteral("imaging-document"));
        // By keyboard alone: to the end, larger, back to the images.
        QVERIFY(pages.hasFocus());
        QTest::keyClick(&pages, Qt::Key_End);
        QCOMPARE(pages.page(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(2), 15000);
        QVERIFY(shows(qRgb(0, 255, 0)));
        QVERIFY(title->text().contains(QLatin1String("3"))
            && pages.accessibleName().contains(QLatin1String("3")));
        QTest::keyClick(&pages, Qt::Key_Plus);
        QVERIFY(pages.magnification() > 1);
        QCOMPARE(pages.page(), 2); // what was in the middle stays there
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(2), 15000);
        QTest::keyClick(&pages, Qt::Key_0);
        pages.goToPage(1);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(1), 15000);
        QVERIFY(shows(qRgb(0, 0, 255)));
        auto *save = m_place.objects()->findChild<QPushButton *>(QStringLiteral("imaging.objects.save"));
        QVERIFY(save && save->isVisible());
        const imaging::InstanceRef *found = documentOf();
        QVERIFY(found);
        const QString path = m_place.folder->filePath(QStringLiteral("out.pdf"));
        QSignalSpy saved(m_place.objects(), &StudyObjects::saved);
        QVERIFY(m_place.objects()->savePdf(*found, path));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, 10000);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith(document)); // byte for byte; DICOM may pad it
        QVERIFY(!m_place.objects()->savePdf(m_place.page->study()->instances.front(), path)
            || found == &m_place.page->study()->instances.front());
        QVERIFY(m_place.page->stepBack()); // Esc
        QVERIFY(!pages.isVisible());
    }
    // More pages in sight than are kept out of it: each is drawn once and stays.
    void manyPagesInSight()
    {
        writeDocument(
            test::pdfOf(QByteArrayList(40, "0 0 1 rg 0 0 300 20 re f"), "/MediaBox[0 0 595 20]").bytes());
        m_place.open();
        m_place.button(QStringLiteral("동의서"))->click();
        PaperView &pages = m_place.objects()->pages();
        QTRY_VERIFY_WITH_TIMEOUT(pages.isVisible() && pages.pageCount() == 40, 15000);
        constexpr int Seen = 10;
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(Seen - 1), 15000);
        for (int page = 0; page < Seen; ++page)
            QVERIFY2(pages.isDrawn(page), qPrintable(QString::number(page)));
        QTest::keyClick(&pages, Qt::Key_End);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(39), 15000);
        QVERIFY(!pages.isDrawn(0)); // far away
        QTest::keyClick(&pages, Qt::Key_Home);
        QTRY_VERIFY_WITH_TIMEOUT(pages.isDrawn(0), 15000);
    }
    // A report opened over a document is not the document: nothing to save, and its pages are gone.
    void aReportAfterADocument()
    {
        namespace content = imaging::content;
        writeDocument(test::pdfOf({"0 0 1 rg 0 0 300 20 re f"}).bytes());
        imaging::DataSetValue report = test::object(base::oid("sopBasicText").text(), "SR", "판독", 5);
        const imaging::Code finding{
            QStringLiteral("121071"), QStringLiteral("DCM"), QStringLiteral("Finding")};
        content::putRoot(report, finding, QStringLiteral("2000"),
            {content::textItem(content::Relation::Contains, finding, QStringLiteral("결절"))});
        m_place.write("report", report);
        m_place.open();
        m_place.button(QStringLiteral("동의서"))->click();
        PaperView &pages = m_place.objects()->pages();
        QTRY_VERIFY_WITH_TIMEOUT(pages.isVisible() && pages.isDrawn(0), 15000);
        m_place.button(QStringLiteral("판독"))->click();
        auto *text = m_place.objects()->findChild<QTextBrowser *>(QStringLiteral("imaging.objects.text"));
        QTRY_VERIFY_WITH_TIMEOUT(text && text->isVisible(), 15000);
        QVERIFY(!m_place.objects()
                     ->findChild<QPushButton *>(QStringLiteral("imaging.objects.save"))
                     ->isVisible());
        QCOMPARE(pages.pageCount(), 0);
    }
    // Says why in the place of the pages, and is still there to be saved.
    void aDocumentThatCannotBeDrawn()
    {
        writeDocument("%PDF-1.4 not much of one\n%%EOF");
        m_place.open();
        m_place.button(QStringLiteral("동의서"))->click();
        auto *text = m_place.objects()->findChild<QTextBrowser *>(QStringLiteral("imaging.objects.text"));
        QTRY_VERIFY_WITH_TIMEOUT(text && text->isVisible(), 15000);
        QVERIFY(!text->toPlainText().isEmpty());
        QVERIFY(!m_place.objects()->pages().isVisible());
        QVERIFY(
            m_place.objects()->findChild<QPushButton *>(QStringLiteral("imaging.objects.save"))->isVisible());
    }
};

QTEST_MAIN(TstUiDocuments)
#include "tst_ui_documents.moc"
