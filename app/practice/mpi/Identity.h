// The identity endpoints: PIX v3 (ITI-44 feed, ITI-45 query) and PDQ v3 (ITI-47 with continuation). A person
// without consent is seen by the institutions that registered the person and by nobody else.
#pragma once

#include "app/practice/consent/ConsentBook.h"
#include "app/practice/mpi/V3.h"

#include <QHash>
#include <mutex>

namespace naru::practice {

class Identity {
public:
    Identity(Mpi &mpi, ConsentBook &consent, V3Context context)
        : m_mpi(mpi)
        , m_consent(consent)
        , m_context(std::move(context))
    {
    }
    HttpAnswer pix(const SoapRequest &request, const Viewer &viewer);
    HttpAnswer pdq(const SoapRequest &request, const Viewer &viewer);

private:
    // Matches of one query that were not handed out yet; forgotten after ten minutes.
    struct Waiting {
        std::vector<Person> people{};
        std::size_t next = 0;
        qint64 touched = 0;
        base::XmlElement parameters{};
        QString owner{};
    };
    struct Page {
        QString code{}; // OK NF AE
        V3Ack ack{QStringLiteral("AA"), {}, {}};
        std::vector<Person> people{};
        qsizetype total = 0, remaining = 0;
        clinical::Identifier queryId{};
        base::XmlElement parameters{};
    };
    bool visible(const Person &person, const Viewer &viewer) const;
    HttpAnswer feed(const SoapRequest &request, const Viewer &viewer, bool revise);
    HttpAnswer pixQuery(const SoapRequest &request, const Viewer &viewer);
    HttpAnswer pdqAnswer(const SoapRequest &request, const Viewer &viewer, const Page &page) const;
    Page firstPage(const SoapRequest &request, const Viewer &viewer);
    Page nextPage(const SoapRequest &request, const Viewer &viewer);
    HttpAnswer cancel(const SoapRequest &request, const Viewer &viewer);
    void writeMatch(QXmlStreamWriter &xml, const Person &person, const Viewer &viewer) const;
    void dropOld();

    Mpi &m_mpi;
    ConsentBook &m_consent;
    V3Context m_context;
    std::mutex m_mutex{};
    QHash<QString, Waiting> m_waiting{};
};

} // namespace naru::practice
