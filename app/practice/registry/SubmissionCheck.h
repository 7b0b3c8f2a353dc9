// The checks of one submission (IHE ITI TF-3 4.2.3, TF-2 3.42.4.1.4); every failure is a row of the error
// list.
#pragma once

#include "app/practice/registry/Registrar.h"

namespace naru::practice {

struct Registrar::Submission {
    std::vector<RegistryObject> objects{};
    bool update = false;
    QString submitter{};
    RegistryAnswer answer{};
    QString patient{}; // canonical CX of the submission set
    struct NewConsent {
        QString document{};
        ConsentEvent event{};
    };
    std::vector<NewConsent> consents{};

    void assignIds(); // symbolic ids become UUIDs, everywhere
    RegistryObject *find(const QString &id);
    bool shape(); // required attributes, one set, memberships
    void patients(const RegistrarPorts &ports);
    void uniqueIds(const Store &store);
    void associations(const Store &store);
    void readConsents(const RegistrarPorts &ports);
    void consentRule(const ConsentBook &book, const RegistrarPorts &ports);

private:
    void documentShape(const RegistryObject &object);
    void association(const RegistryObject &association, const Store &store);
    void statusUpdate(const RegistryObject &association, const Store &store);
};

} // namespace naru::practice
