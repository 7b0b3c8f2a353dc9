// The archive page with the chart of 김나루 open and archives that a test makes up.
#pragma once

#include "tests/ui/archive/ArchiveDesk.h"
#include "tests/ui/archive/ArchivePeer.h"

#include "ui/pages/archive/ArchivePage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QPushButton>
#include <QSignalSpy>

namespace naru::test {

const QString archiveName = QStringLiteral("방사선과 저장소");
constexpr int Patience = 20'000 * NARU_TIME_FACTOR;

inline HeldStudy ctOf(const char *uid, const char *name, const char *birth, int images = 3)
{
    HeldStudy study;
    study.like.studyUid = uid;
    study.like.seriesUid = QByteArray(uid) + ".1";
    study.like.patientName = name;
    study.like.birthDate = birth;
    study.images = images;
    return study;
}

class ArchivePageTest : public QObject {
    Q_OBJECT

protected:
    template <typename T> T *find(const char *name) const { return m_desk.find<T>(name); }
    ui::DataTable *results() const { return find<ui::DataTable>("archive.results"); }
    ui::DataTable *jobs() const { return find<ui::DataTable>("archive.jobs"); }
    ui::MessageStrip *strip() const { return find<ui::MessageStrip>("archive.strip"); }
    services::PacsService &pacs() { return m_desk.pacs(); }
    ImageClinic &clinic() { return *m_desk.clinic; }
    QString focusName() const { return m_desk.focusName(); }
    void shoot(const char *name) { m_desk.shoot(name); }
    void key(Qt::Key key) { QTest::keyClick(m_desk.window->focusWidget(), key); }
    void serve(std::vector<HeldStudy> held)
    {
        m_archive = std::make_unique<ArchivePeer>();
        m_archive->held = std::move(held);
        connectTo(m_archive->port());
    }
    void connectTo(int port)
    {
        QVERIFY(pacs().setNode(houseNode(archiveName, port)).ok());
        QTRY_VERIFY(find<QWidget>("archive.query")->isVisible());
        m_page->focusFirst();
    }
    // Enter in the field that has the focus.
    bool ask(bool good = true)
    {
        QSignalSpy answered(m_page, &ui::ArchivePage::answered);
        key(Qt::Key_Return);
        return (answered.count() > 0 || answered.wait(Patience)) && answered.first().first().toBool() == good;
    }
    QString cell(ui::DataTable *table, int row, int column) const
    {
        const auto &rows = table->rows().rowValues();
        return int(rows.size()) > row ? rows[std::size_t(row)].cells[std::size_t(column)].text : QString();
    }
    int inChart()
    {
        services::StudyFilter filter;
        filter.patientKey = m_patient;
        int images = 0;
        for (const services::StudyRow &row : clinic().images().studies(filter))
            images += row.instances;
        return images;
    }
    bool jobIs(services::PacsJob::State state)
    {
        const auto all = pacs().jobs();
        return !all.empty() && all.front().state == state;
    }

    ArchiveDesk m_desk{};
    std::unique_ptr<ArchivePeer> m_archive{};
    ui::ArchivePage *m_page = nullptr;
    services::PatientKey m_patient{};

private Q_SLOTS:
    void init()
    {
        QVERIFY(m_desk.open(1366, 620)); // what the shell leaves of 768
        m_patient = clinic().patient(); // 김나루, 1961-03-02, 20261122-017
        QVERIFY(!m_patient.isEmpty());
        m_desk.column->setContentsMargins(0, 0, 0, 0);
        m_page = new ui::ArchivePage(*m_desk.context, m_patient, m_desk.window.get());
        m_desk.show(m_page);
        m_page->focusFirst();
    }
    void cleanup()
    {
        m_desk.close();
        m_archive.reset();
    }
};

} // namespace naru::test
