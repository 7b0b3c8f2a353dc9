// A test with a clinic of its own whose site nobody answers; the trail is whole when it is over.
#pragma once

#include "tests/core/services/ServiceFixture.h"

namespace naru::test {

class OfflineTest : public QObject {
    Q_OBJECT

protected:
    std::unique_ptr<Clinic> m{};

private Q_SLOTS:
    void init()
    {
        m = std::make_unique<Clinic>();
        qputenv("XDG_DATA_HOME", m->folder.path().toUtf8()); // no exchange of this machine may take part
        VERIFY_OK(m->openOffline(3600));
    }
    void cleanup()
    {
        if (m->profile) {
            const auto verdict = m->profile->audit().verify();
            VERIFY_OK(verdict);
            QVERIFY2(verdict->intact, qPrintable(verdict->reason));
        }
        m.reset();
    }
};

} // namespace naru::test
