#include "app/dimse/Link.h"
#include "app/dimse/Transport.h"
#include "core/base/Oid.h"
#include "core/imaging/dimse/Errors.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/cond.h>
#include <dcmtk/dcmnet/dcmtrans.h>
#include <dcmtk/oflog/oflog.h>

#include <cstdlib>

namespace naru::dimse {

namespace errors = imaging::dimse::errors;

namespace {
constexpr long LargestPdu = 131072;
constexpr qsizetype MostCommand = 64 * 1024;
constexpr std::size_t MostAssociateBytes = 256 * 1024;

QByteArray bytesOf(const char *name)
{
    return base::oid(name).text().toLatin1();
}

bool isStorage(const QByteArray &abstractSyntax)
{
    static const QByteArray usual = bytesOf("sopStorage") + '.', other = bytesOf("sopStorageOther") + '.';
    return abstractSyntax.startsWith(usual) || abstractSyntax.startsWith(other);
}

bool isPlain(const QByteArray &syntax)
{
    return syntax == bytesOf("tsExplicitLE") || syntax == bytesOf("tsImplicitLE");
}

QString why(const OFCondition &condition)
{
    return QString::fromLatin1(condition.text()).simplified().left(150);
}

base::Error withWhy(const base::ErrorCode &code, const QString &text)
{
    return base::Error(code, {}, {{QStringLiteral("why"), text}});
}

base::Error fault(const OFCondition &condition)
{
    if (condition.module() == OFM_dcmtls
        || condition == makeOFCondition(OFM_dcmnet, DULC_TLSERROR, OF_error, ""))
        return withWhy(errors::Tls, why(condition));
    if (condition.module() != OFM_dcmnet)
        return base::Error(errors::Garbage);
    switch (condition.code()) {
    case DULC_TCPINITERROR:
    case DULC_UNKNOWNHOST:
        return base::Error(errors::Tcp); // it was reached a moment ago (NodeAddress)
    case DULC_TLSERROR:
        return withWhy(errors::Tls, why(condition));
    case DULC_READTIMEOUT:
        return base::Error(errors::Timeout);
    case DULC_NETWORKCLOSED:
    case DULC_TCPIOERROR:
    case DULC_PEERREQUESTEDRELEASE:
        return base::Error(errors::Lost);
    case DULC_PEERABORTEDASSOCIATION:
        return base::Error(errors::Aborted);
    default:
        return base::Error(errors::Garbage);
    }
}

base::Error rejection(T_ASC_Parameters *parameters)
{
    T_ASC_RejectParameters reject{};
    ASC_getRejectParameters(parameters, &reject);
    switch (reject.reason) {
    case ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED:
        return base::Error(errors::OurTitle);
    case ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED:
        return base::Error(errors::ItsTitle);
    case ASC_REASON_SP_PRES_TEMPORARYCONGESTION:
    case ASC_REASON_SP_PRES_LOCALLIMITEXCEEDED:
        return base::Error(errors::Busy);
    case ASC_REASON_SU_APPCONTEXTNAMENOTSUPPORTED:
    case ASC_REASON_SP_ACSE_PROTOCOLVERSIONNOTSUPPORTED:
        return withWhy(errors::Rejected, QString::fromLatin1(errors::WhyProtocol.id));
    default:
        return withWhy(errors::Rejected, QString::fromLatin1(errors::WhyUnsaid.id));
    }
}
} // namespace

struct Link::Private {
    Setup setup;
    Transport transport;
    T_ASC_Network *network = nullptr;
    T_ASC_Association *association = nullptr;
    std::vector<Accepted> accepted{};
    quint16 next = 1;
    bool released = false;

    explicit Private(const Setup &from)
        : setup(from)
        , transport(from)
    {
    }
    void drop()
    {
        if (association)
            ASC_destroyAssociation(&association);
        association = nullptr;
        accepted.clear();
    }
    base::Status readAccepted();
    void acceptOne(const T_ASC_PresentationContext &proposed);
    base::Result<DUL_PDV> piece(int seconds);
};

Link::Link(const Setup &setup)
    : d(std::make_unique<Private>(setup))
{
}

Link::~Link()
{
    abort();
}

base::Status Link::prepare(int certificate, int authorities)
{
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    dcmDisableGethostbyaddr.set(OFTrue); // a name server must not be asked about every caller
    dcmConnectionTimeout.set(d->setup.connectSeconds);
    dcmSocketReceiveTimeout.set(d->setup.answerSeconds);
    dcmSocketSendTimeout.set(d->setup.answerSeconds);
    dcmAssociatePDUSizeLimit.set(MostAssociateBytes);
    // The library must never listen by itself: the parent accepts and hands sockets over.
    if (d->setup.acceptor)
        dcmExternalSocketHandle.set(0);
    const T_ASC_NetworkRole role = d->setup.acceptor ? NET_ACCEPTOR : NET_REQUESTOR;
    if (ASC_initializeNetwork(role, 0, d->setup.answerSeconds, &d->network).bad())
        return base::Error(errors::Program, {}, {{QStringLiteral("what"), QStringLiteral("network")}});
    NARU_TRY(d->transport.load(certificate, authorities));
    ASC_setTransportLayer(d->network, d->transport.layer(), 0);
    return {};
}

bool Link::isOpen() const
{
    return d->association != nullptr;
}

bool Link::wasReleased() const
{
    return d->released;
}

base::Status Link::Private::readAccepted()
{
    accepted.clear();
    const int count = ASC_countPresentationContexts(association->params);
    for (int i = 0; i < count; ++i) {
        T_ASC_PresentationContext context{};
        if (ASC_getPresentationContext(association->params, i, &context).bad()
            || context.resultReason != ASC_P_ACCEPTANCE)
            continue;
        accepted.push_back(
            {context.presentationContextID, context.abstractSyntax, context.acceptedTransferSyntax});
    }
    return {};
}

base::Result<std::vector<QByteArray>> Link::associate(const std::vector<Offer> &offers)
{
    abort();
    d->released = false;
    T_ASC_Parameters *parameters = nullptr;
    ASC_createAssociationParameters(&parameters, LargestPdu);
    identify(parameters);
    ASC_setAPTitles(parameters, d->setup.callingAe.constData(), d->setup.calledAe.constData(), nullptr);
    const QByteArray peer = d->setup.address + ':' + QByteArray::number(d->setup.port);
    ASC_setPresentationAddresses(parameters, "localhost", peer.constData());
    ASC_setTransportLayerType(parameters, d->setup.tls ? OFTrue : OFFalse);
    for (std::size_t i = 0; i < offers.size(); ++i) {
        std::vector<const char *> syntaxes;
        for (const QByteArray &syntax : offers[i].syntaxes)
            syntaxes.push_back(syntax.constData());
        ASC_addPresentationContext(parameters, T_ASC_PresentationContextID(2 * i + 1),
            offers[i].abstractSyntax.constData(), syntaxes.data(), int(syntaxes.size()),
            offers[i].provider ? ASC_SC_ROLE_SCP : ASC_SC_ROLE_DEFAULT);
    }
    const OFCondition asked = ASC_requestAssociation(
        d->network, parameters, &d->association, nullptr, nullptr, DUL_NOBLOCK, d->setup.answerSeconds);
    if (asked.bad()) {
        const base::Error error = asked.code() == DULC_ASSOCIATIONREJECTED && asked.module() == OFM_dcmnet
            ? rejection(parameters)
            : fault(asked);
        if (!d->association)
            ASC_destroyAssociationParameters(&parameters);
        d->drop();
        return error;
    }
    NARU_TRY(d->readAccepted());
    std::vector<QByteArray> out(offers.size());
    for (const Accepted &one : d->accepted) {
        if (const std::size_t i = one.id / 2; one.id % 2 && i < out.size())
            out[i] = one.syntax;
    }
    return out;
}

base::Result<Caller> Link::listen(int socket)
{
    abort();
    d->released = false;
    dcmExternalSocketHandle.set(socket);
    const OFCondition asked = ASC_receiveAssociation(d->network, &d->association, LargestPdu, nullptr,
        nullptr, d->setup.tls ? OFTrue : OFFalse, DUL_NOBLOCK, d->setup.answerSeconds);
    if (asked.bad()) {
        const base::Error error = fault(asked);
        d->drop();
        return error;
    }
    char calling[DUL_LEN_TITLE + 1] = "", called[DUL_LEN_TITLE + 1] = "";
    ASC_getAPTitles(d->association->params, calling, sizeof calling, called, sizeof called, nullptr, 0);
    return Caller{QByteArray(calling).trimmed(), QByteArray(called).trimmed()};
}

void Link::Private::acceptOne(const T_ASC_PresentationContext &proposed)
{
    const QByteArray abstractSyntax = proposed.abstractSyntax;
    const bool storage = isStorage(abstractSyntax);
    const bool known =
        storage || abstractSyntax == bytesOf("sopVerification") || abstractSyntax == bytesOf("sopCommitment");
    static const QByteArray standard = bytesOf("dicomUids") + ".1.2";
    QByteArray chosen;
    for (int i = 0; i < proposed.transferSyntaxCount && chosen.isEmpty(); ++i) {
        const QByteArray syntax = proposed.proposedTransferSyntaxes[i];
        // As it comes: the caller's first choice is what it has.
        if (storage ? syntax.startsWith(standard) : isPlain(syntax))
            chosen = syntax;
    }
    T_ASC_Parameters *parameters = association->params;
    if (!known)
        ASC_refusePresentationContext(
            parameters, proposed.presentationContextID, ASC_P_ABSTRACTSYNTAXNOTSUPPORTED);
    else if (chosen.isEmpty())
        ASC_refusePresentationContext(
            parameters, proposed.presentationContextID, ASC_P_TRANSFERSYNTAXESNOTSUPPORTED);
    else
        ASC_acceptPresentationContext(parameters, proposed.presentationContextID, chosen.constData(),
            proposed.proposedRole == ASC_SC_ROLE_NONE ? ASC_SC_ROLE_DEFAULT : proposed.proposedRole, OFTrue);
}

base::Status Link::admit()
{
    T_ASC_Parameters *parameters = d->association->params;
    identify(parameters);
    const int count = ASC_countPresentationContexts(parameters);
    for (int i = 0; i < count; ++i) {
        T_ASC_PresentationContext proposed{};
        if (ASC_getPresentationContext(parameters, i, &proposed).good())
            d->acceptOne(proposed);
    }
    if (const OFCondition told = ASC_acknowledgeAssociation(d->association); told.bad()) {
        d->drop();
        return fault(told);
    }
    return d->readAccepted();
}

void Link::refuse(bool callingUnknown, bool calledUnknown)
{
    const T_ASC_RejectParameters reject{ASC_RESULT_REJECTEDPERMANENT, ASC_SOURCE_SERVICEUSER,
        calledUnknown        ? ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED
            : callingUnknown ? ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED
                             : ASC_REASON_SU_NOREASON};
    if (d->association)
        ASC_rejectAssociation(d->association, &reject);
    d->drop();
}

void Link::release()
{
    if (d->association)
        ASC_releaseAssociation(d->association);
    d->drop();
}

void Link::abort()
{
    if (d->association)
        ASC_abortAssociation(d->association);
    d->drop();
}

const std::vector<Accepted> &Link::accepted() const
{
    return d->accepted;
}

const Accepted *Link::context(quint8 id) const
{
    for (const Accepted &one : d->accepted) {
        if (one.id == id)
            return &one;
    }
    return nullptr;
}

const Accepted *Link::contextFor(const QByteArray &abstractSyntax, const QByteArray &syntax) const
{
    for (const Accepted &one : d->accepted) {
        if (one.abstractSyntax == abstractSyntax && (syntax.isEmpty() || one.syntax == syntax))
            return &one;
    }
    return nullptr;
}

quint16 Link::nextId()
{
    return d->next++;
}

base::Status Link::send(quint8 context, const Command &command, const char *data, qsizetype size)
{
    if (!d->association)
        return errors::Lost;
    QByteArray head = command.encode();
    DUL_PDV pdvs[2] = {{(unsigned long)head.size(), context, DUL_COMMANDPDV, OFTrue, head.data()},
        {(unsigned long)size, context, DUL_DATASETPDV, OFTrue, const_cast<char *>(data)}};
    DUL_PDVLIST list{};
    list.count = command.hasData ? 2 : 1;
    list.pdv = pdvs;
    const OFCondition sent = DUL_WritePDVs(&d->association->DULassociation, &list);
    if (sent.bad()) {
        abort();
        return fault(sent);
    }
    return {};
}

base::Result<DUL_PDV> Link::Private::piece(int seconds)
{
    DUL_PDV pdv{};
    if (!association)
        return errors::Lost;
    if (DUL_NextPDV(&association->DULassociation, &pdv).good())
        return pdv;
    transport.acknowledgeAtOnce();
    OFCondition got = DUL_ReadPDVs(&association->DULassociation, nullptr, DUL_NOBLOCK, seconds);
    if (got == DUL_PEERREQUESTEDRELEASE) {
        ASC_acknowledgeRelease(association);
        drop();
        released = true;
        return errors::Lost;
    }
    if (got == DUL_PDATAPDUARRIVED)
        got = DUL_NextPDV(&association->DULassociation, &pdv);
    if (got.good())
        return pdv;
    const base::Error error = fault(got);
    if (!error.is(errors::Timeout))
        drop();
    return error;
}

base::Result<Message> Link::receive(int seconds)
{
    Message out;
    QByteArray bytes;
    for (bool last = false; !last;) {
        NARU_ASSIGN(const DUL_PDV pdv, d->piece(seconds > 0 ? seconds : d->setup.answerSeconds));
        const bool first = bytes.isEmpty();
        if (pdv.pdvType != DUL_COMMANDPDV || (!first && pdv.presentationContextID != out.context)
            || bytes.size() + qsizetype(pdv.fragmentLength) > MostCommand
            || !context(pdv.presentationContextID)) {
            abort();
            return errors::Garbage;
        }
        out.context = pdv.presentationContextID;
        bytes.append(static_cast<const char *>(pdv.data), qsizetype(pdv.fragmentLength));
        last = pdv.lastPDV;
    }
    const auto command = Command::decode(bytes);
    if (!command) {
        abort();
        return errors::Garbage;
    }
    out.command = *command;
    return out;
}

base::Status Link::receiveData(quint8 context, const Sink &sink)
{
    for (bool last = false; !last;) {
        NARU_ASSIGN(const DUL_PDV pdv, d->piece(d->setup.answerSeconds));
        if (pdv.pdvType != DUL_DATASETPDV || pdv.presentationContextID != context) {
            abort();
            return errors::Garbage;
        }
        if (const base::Status taken =
                sink(static_cast<const char *>(pdv.data), qsizetype(pdv.fragmentLength));
            !taken) {
            abort();
            return taken;
        }
        last = pdv.lastPDV;
    }
    return {};
}

base::Result<QByteArray> Link::receiveData(quint8 context, qsizetype limit)
{
    QByteArray out;
    const base::Status got = receiveData(context, [&](const char *data, qsizetype size) -> base::Status {
        if (size > limit - out.size())
            return errors::TooLarge;
        out.append(data, size);
        return {};
    });
    if (!got)
        return got.error();
    return out;
}

} // namespace naru::dimse
