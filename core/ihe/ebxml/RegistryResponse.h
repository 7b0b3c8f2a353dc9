// rs:RegistryResponse (ebRS 3.0, ITI TF-3 4.2.4): status and errors, per document where the peer says so.
#pragma once

#include <QString>
#include <vector>

namespace naru::ihe {

struct RegistryError {
    QString code{}; // "XDSDocumentUniqueIdError", without namespace prefix
    QString context{}; // codeContext, shown as it is
    QString location{};
    bool warning = false;
    friend bool operator==(const RegistryError &, const RegistryError &) = default;
};

struct RegistryResponse {
    enum class Status { Missing, Success, PartialSuccess, Failure };
    Status status = Status::Missing;
    QString statusText{}; // as received
    std::vector<RegistryError> errors{};
    bool hasErrors() const; // anything that is not a warning
    // An error says, in its code or context, that consent is missing ("ConsentRequired: ..."). The standard
    // has no code of its own for that; the context itself may name the patient and goes into no error of
    // ours.
    bool refusedForConsent() const;
    bool has(const char *code) const;
    QString codes() const; // "XDSRegistryBusy, XDSRepositoryError", for messages
    friend bool operator==(const RegistryResponse &, const RegistryResponse &) = default;
};

RegistryResponse::Status registryStatusFromUrn(const QString &urn);

// One row of ebxml/xdserrors.tsv: what a code means for people and for the outbox.
struct XdsErrorMeaning {
    enum class Advice { Reject, Retry, Verify };
    QString english{};
    QString korean{};
    Advice advice = Advice::Reject;
};
XdsErrorMeaning xdsErrorMeaning(
    const QString &code); // a general sentence for codes that are not in the table

} // namespace naru::ihe
