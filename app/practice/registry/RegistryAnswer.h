// rs:RegistryResponse with its error list (ebRS 3.0; codes of IHE ITI TF-3 4.2.4.1).
#pragma once

#include <QString>
#include <vector>

class QXmlStreamWriter;

namespace naru::practice {

struct RegistryError {
    QString code{}; // "XDSUnknownPatientId"
    QString context{}; // English; ids yes, names and demographics never
    QString location{};
    friend bool operator==(const RegistryError &, const RegistryError &) = default;
};

struct RegistryAnswer {
    std::vector<RegistryError> errors{};
    bool partial = false; // some of what was asked is there although errors occurred
    bool ok() const { return errors.empty(); }
    void fail(const char *code, const QString &context, const QString &location = {});
    QString status() const;
};

// <rs:RegistryResponse status="..."> with <rs:RegistryErrorList> when there are errors.
void writeRegistryResponse(QXmlStreamWriter &xml, const RegistryAnswer &answer);
void writeErrorList(QXmlStreamWriter &xml, const RegistryAnswer &answer);

} // namespace naru::practice
