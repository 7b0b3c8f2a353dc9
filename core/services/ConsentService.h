// Consent and withdrawal: state, words, signing session, registration on the exchange (BPPC through the
// outbox).
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class ConsentService {
public:
    explicit ConsentService(Profile::Internals &internals);

    std::vector<ConsentLight> lights(const PatientKey &patient);
    std::vector<clinical::ConsentStatement> history(const PatientKey &patient);
    // Words for today, in Korean or English ("ko", "en").
    std::vector<ConsentText> texts(const QString &language);
    bool partialAllowed() const;
    std::vector<clinical::Department> sensitiveDepartments() const;
    // What is missing before the act may be recorded; field names as in ConsentAct.
    std::vector<clinical::RuleProblem> check(const ConsentAct &act, bool withdrawal);
    // One document for each programme, sealed and queued in one step; the lights turn at once (pending
    // registration).
    base::Result<std::vector<OutboxId>> give(const ConsentAct &act);
    base::Result<std::vector<OutboxId>> withdraw(const ConsentAct &act);
    // Asks the registry for the consent documents on record and refreshes the lights.
    base::Status refresh(const PatientKey &patient, const base::WorkContext &work);
    struct WithdrawalEffect {
        int copiesFetched = 0;
        int institutions = 0;
    };
    WithdrawalEffect withdrawalEffect(const PatientKey &patient);

private:
    Profile::Internals &m;
};

} // namespace naru::services
