// What goes on while nobody asks: sending what is due, looking for answers, delivering the audit trail. One
// thread of the jobs room that looks once a second, at once when woken.
#pragma once

#include "core/services/Internals.h"

#include <condition_variable>

namespace naru::services {

class BackgroundWork {
public:
    explicit BackgroundWork(Profile::Internals &internals);
    ~BackgroundWork();
    void wake();

private:
    void serve(const base::WorkContext &work);
    void round(const base::WorkContext &work);

    Profile::Internals &m;
    std::mutex m_mutex{};
    std::condition_variable_any m_wake{};
    bool m_woken = false;
    qint64 m_answersDue = 0, m_answersGap = 0, m_auditDue = 0,
           m_sweepDue = 0; // milliseconds of the steady clock
    std::shared_ptr<void> m_listener{};
    jobs::JobQueue m_queue{1};
};

} // namespace naru::services
