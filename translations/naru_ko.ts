<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>naru::ui::AppContext</name>
    <message>
        <source>The document could not be begun</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::CdaBuilder</name>
    <message>
        <source>Untitled document</source>
        <translation>제목 없는 문서</translation>
    </message>
    <message>
        <source>chart %1</source>
        <translation>차트 %1</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>From</source>
        <translation>보낸 곳</translation>
    </message>
    <message>
        <source>To</source>
        <translation>받는 곳</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>작성</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>판</translation>
    </message>
    <message>
        <source>%1, replaces an earlier one</source>
        <translation>%1판, 이전 판을 대체</translation>
    </message>
    <message>
        <source>Section without title</source>
        <translation>제목 없는 구역</translation>
    </message>
    <message>
        <source>Not in the document</source>
        <translation>문서에 없음</translation>
    </message>
    <message>
        <source>Not in the document: %1</source>
        <translation>문서에 없음: %1</translation>
    </message>
    <message>
        <source>! Text says “%1”, coded value says “%2” – they differ</source>
        <translation>! 본문 “%1”, 코드값 “%2” – 서로 다릅니다</translation>
    </message>
    <message>
        <source>The coded value is negated, the text does not say so</source>
        <translation>코드값은 부정인데 본문에는 그 말이 없습니다</translation>
    </message>
    <message>
        <source>A coded value points at text that is not in the document</source>
        <translation>코드값이 가리키는 본문이 문서에 없습니다</translation>
    </message>
    <message>
        <source>A section has coded values but no text</source>
        <translation>코드값은 있으나 읽을 본문이 없는 구역이 있습니다</translation>
    </message>
    <message>
        <source>An unknown element is shown as plain text</source>
        <translation>알 수 없는 요소를 글자만 보여 줍니다</translation>
    </message>
    <message>
        <source>A section this program does not know is shown raw</source>
        <translation>이 프로그램이 모르는 구역을 그대로 보여 줍니다</translation>
    </message>
    <message>
        <source>Hidden or direction-changing characters are shown as marks</source>
        <translation>숨은 글자나 방향을 바꾸는 글자를 표시로 바꾸었습니다</translation>
    </message>
    <message>
        <source>The style sheet named by the document is not used</source>
        <translation>문서가 지정한 서식은 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Something outside the document is not opened</source>
        <translation>문서 밖의 자료는 열지 않습니다</translation>
    </message>
    <message>
        <source>A picture is not in the document</source>
        <translation>그림이 문서에 없습니다</translation>
    </message>
    <message>
        <source>An attachment is not the picture it claims to be and is not shown</source>
        <translation>그림이라고 적힌 첨부가 그림이 아니어서 보여 주지 않습니다</translation>
    </message>
    <message>
        <source>Too many coded values; only the first were read</source>
        <translation>코드값이 너무 많아 앞부분만 읽었습니다</translation>
    </message>
    <message>
        <source>The same identifier is used more than once</source>
        <translation>같은 식별자가 두 번 이상 쓰였습니다</translation>
    </message>
    <message>
        <source>The body is a file</source>
        <translation>본문이 파일입니다</translation>
    </message>
    <message>
        <source>Something in this document is unusual</source>
        <translation>이 문서에 평소와 다른 점이 있습니다</translation>
    </message>
    <message>
        <source>no information</source>
        <translation>정보 없음</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>not applicable</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>묻지 않음</translation>
    </message>
    <message>
        <source>asked, but not known</source>
        <translation>물었으나 모름</translation>
    </message>
    <message>
        <source>not available just now</source>
        <translation>지금은 알 수 없음</translation>
    </message>
    <message>
        <source>withheld</source>
        <translation>가림</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>그 밖의 이유</translation>
    </message>
    <message>
        <source>Document %1</source>
        <translation>문서 %1</translation>
    </message>
    <message>
        <source>[%1, not shown as authored] </source>
        <translation>[%1, 원문 모양이 아님] </translation>
    </message>
    <message>
        <source>[attachment %1 cannot be shown here]</source>
        <translation>[첨부 %1은(는) 여기서 볼 수 없습니다]</translation>
    </message>
</context>
<context>
    <name>naru::ui::CdaView</name>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
</context>
<context>
    <name>naru::ui::CodeChoiceDelegate</name>
    <message>
        <source>recent</source>
        <translation>최근</translation>
    </message>
</context>
<context>
    <name>naru::ui::CodePicker</name>
    <message>
        <source>Matches</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Recent and frequent</source>
        <translation>최근·자주 쓴 것</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n건</numerusform>
        </translation>
    </message>
    <message>
        <source>None found – F2 keeps it as free text</source>
        <translation>없음 – 자유 문구로 적기 (F2)</translation>
    </message>
    <message>
        <source>None found</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>↑↓ move  Enter choose  Alt+1…9 choose directly  Alt+Enter details</source>
        <translation>↑↓ 이동  Enter 선택  Alt+1…9 바로 선택  Alt+Enter 상세</translation>
    </message>
    <message>
        <source>F2 free text</source>
        <translation>F2 자유 문구로</translation>
    </message>
    <message>
        <source>main</source>
        <translation>주</translation>
    </message>
    <message>
        <source>side</source>
        <translation>부</translation>
    </message>
    <message>
        <source>%1, Delete removes</source>
        <translation>%1, Delete로 지움</translation>
    </message>
</context>
<context>
    <name>naru::ui::CommandPalette</name>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient, document or command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient</source>
        <translation type="unfinished">환자</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::ComposePage</name>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>보내기 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>작성</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>미리보기</translation>
    </message>
    <message>
        <source>Write or preview</source>
        <translation>작성 또는 미리보기</translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation>%1 저장됨</translation>
    </message>
    <message>
        <source>The draft could not be saved</source>
        <translation>초안을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Sent. Its way is in the outbox.</source>
        <translation>보냈습니다. 진행은 전송함에 있습니다.</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>전송함</translation>
    </message>
    <message numerus="yes">
        <source>Sent – can be recalled for %n second(s)</source>
        <translation>
            <numerusform>보냈습니다 – %n초 안에 취소할 수 있습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>전송 취소</translation>
    </message>
    <message>
        <source>The draft could not be opened</source>
        <translation>초안을 열지 못했습니다</translation>
    </message>
    <message>
        <source>This document was sent; it can be read only.</source>
        <translation>보낸 문서라 읽기만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Write: %1</source>
        <translation>작성: %1</translation>
    </message>
    <message>
        <source>✓ Exchange</source>
        <translation>✓ 진료정보교류</translation>
    </message>
    <message>
        <source>✕ Not on the exchange</source>
        <translation>✕ 교류 미참여</translation>
    </message>
    <message>
        <source>✓ Insurer&apos;s relay</source>
        <translation>✓ 심평원 중계</translation>
    </message>
    <message>
        <source>Goes to: %1</source>
        <translation>보낼 곳: %1</translation>
    </message>
    <message>
        <source>Author and signer: %1</source>
        <translation>작성·서명: %1</translation>
    </message>
    <message numerus="yes">
        <source>! %n required left (F8)</source>
        <translation>
            <numerusform>! 남은 필수 %n (F8)</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ nothing missing</source>
        <translation>✓ 빠진 것 없음</translation>
    </message>
    <message numerus="yes">
        <source>? %n not reviewed (F7)</source>
        <translation>
            <numerusform>? 확인 전 %n (F7)</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ all reviewed</source>
        <translation>✓ 모두 확인함</translation>
    </message>
    <message>
        <source>preview current</source>
        <translation>미리보기 최신</translation>
    </message>
    <message>
        <source>preview updating</source>
        <translation>미리보기 갱신 중</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) missing; sending waits for them.</source>
        <translation>
            <numerusform>빠진 항목이 %n개 있어 보내지 않았습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The document could not be sealed</source>
        <translation>문서를 봉인하지 못했습니다</translation>
    </message>
    <message>
        <source>Recalled. Nothing was sent; the draft is open again.</source>
        <translation>취소했습니다. 나간 것은 없고 초안이 다시 열렸습니다.</translation>
    </message>
    <message>
        <source>offer what earlier documents say for this section</source>
        <translation>이 구역을 이전 문서에서 가져오기</translation>
    </message>
    <message>
        <source>keep the words as free text (in a code field)</source>
        <translation>코드 칸에서 자유 문구로 적기</translation>
    </message>
    <message>
        <source>choose in a relay item</source>
        <translation>중계 항목 고르기</translation>
    </message>
    <message>
        <source>remove the row</source>
        <translation>행 지우기</translation>
    </message>
    <message>
        <source>No earlier document says anything for this section.</source>
        <translation>이 구역에 대해 적은 이전 문서가 없습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConsentPage</name>
    <message>
        <source>Programme</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>State and what to do</source>
        <translation>상태와 할 일</translation>
    </message>
    <message>
        <source>To the patient&apos;s window (Enter)</source>
        <translation>환자 화면으로 (Enter)</translation>
    </message>
    <message>
        <source>Paper form (Ctrl+P)</source>
        <translation>종이 서식 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Attach a scan</source>
        <translation>스캔 붙이기</translation>
    </message>
    <message>
        <source>Record and register (Enter)</source>
        <translation>기록하고 등록 (Enter)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Consent, withdrawal, history</source>
        <translation>동의, 철회, 이력</translation>
    </message>
    <message>
        <source>1 Consent</source>
        <translation>1 동의</translation>
    </message>
    <message>
        <source>2 Withdrawal</source>
        <translation>2 철회</translation>
    </message>
    <message>
        <source>3 History</source>
        <translation>3 이력</translation>
    </message>
    <message>
        <source>What is ticked and signed on the paper?</source>
        <translation>종이에 어떻게 표시하고 서명했습니까?</translation>
    </message>
    <message>
        <source>The paper agrees to providing personal information</source>
        <translation>종이에 개인정보 제공 동의가 표시되어 있음</translation>
    </message>
    <message>
        <source>The paper agrees to providing health information (sensitive data)</source>
        <translation>종이에 민감정보(건강) 제공 동의가 표시되어 있음</translation>
    </message>
    <message>
        <source>Stopped. Nothing was signed.</source>
        <translation>중단했습니다. 서명한 것은 없습니다.</translation>
    </message>
    <message>
        <source>Programmes to consent to</source>
        <translation>동의할 프로그램</translation>
    </message>
    <message>
        <source>Departments left out (optional)</source>
        <translation>제외할 진료과 (선택)</translation>
    </message>
    <message>
        <source>Programmes to withdraw from</source>
        <translation>철회할 프로그램</translation>
    </message>
    <message>
        <source>Reason for withdrawing (optional)</source>
        <translation>철회 사유 (선택)</translation>
    </message>
    <message>
        <source>History of consents</source>
        <translation>동의 이력</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Programmes</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>서명자</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>유효기간</translation>
    </message>
    <message>
        <source>new consent</source>
        <translation>새 동의</translation>
    </message>
    <message>
        <source>There is no valid consent to withdraw.</source>
        <translation>철회할 유효한 동의가 없습니다.</translation>
    </message>
    <message>
        <source>Stops: sharing new documents, new look-ups by other institutions.</source>
        <translation>멈추는 것: 새 문서 공유, 다른 기관의 새 조회.</translation>
    </message>
    <message>
        <source>Cannot be undone: copies already fetched – %1 in %2 institution(s).</source>
        <translation>되돌릴 수 없는 것: 이미 가져간 사본 %1건, %2곳.</translation>
    </message>
    <message>
        <source>Patient&apos;s window: second screen ✓</source>
        <translation>환자 화면: 2번 모니터 ✓</translation>
    </message>
    <message>
        <source>Patient&apos;s window: this screen (no second one found)</source>
        <translation>환자 화면: 이 모니터 (두 번째 모니터 없음)</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>철회</translation>
    </message>
    <message>
        <source>given</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>No consent is on record.</source>
        <translation>등록된 동의가 없습니다.</translation>
    </message>
    <message>
        <source>Tick at least one programme (Space).</source>
        <translation>프로그램을 하나 이상 고르십시오 (Space).</translation>
    </message>
    <message>
        <source>The site profile has no words for these programmes.</source>
        <translation>교류 설정에 이 프로그램의 동의 문구가 없습니다.</translation>
    </message>
    <message>
        <source>The patient did not withdraw.</source>
        <translation>환자가 철회하지 않았습니다.</translation>
    </message>
    <message>
        <source>The patient did not agree. Nothing was recorded; care goes on.</source>
        <translation>환자가 동의하지 않았습니다. 기록한 것은 없으며 진료는 그대로 받습니다.</translation>
    </message>
    <message>
        <source>Patient: %1</source>
        <translation>환자 진행: %1</translation>
    </message>
    <message>
        <source>Signed. Enter records it and queues the registration.</source>
        <translation>서명했습니다. Enter를 누르면 기록하고 등록합니다.</translation>
    </message>
    <message>
        <source>Both lines must be agreed to on the paper, or there is no consent to record.</source>
        <translation>종이의 두 항목에 모두 동의해야 기록할 수 있습니다.</translation>
    </message>
    <message>
        <source>Withdrawn. It holds at once; the exchange is being told.</source>
        <translation>철회했습니다. 바로 효력이 있으며 교류에 알리는 중입니다.</translation>
    </message>
    <message>
        <source>Recorded. The consent holds; its registration is on the way.</source>
        <translation>기록했습니다. 동의는 유효하며 등록하는 중입니다.</translation>
    </message>
    <message>
        <source>Scan of the signed form</source>
        <translation>서명한 서식의 스캔</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.tif *.tiff)</source>
        <translation>그림 (*.png *.jpg *.jpeg *.bmp *.tif *.tiff)</translation>
    </message>
    <message>
        <source>This file is no picture that can be used.</source>
        <translation>쓸 수 있는 그림 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>Scan attached (%1 × %2). Tick what the paper says, then Enter records it.</source>
        <translation>스캔을 붙였습니다 (%1 × %2). 종이에 표시된 대로 고른 뒤 Enter로 기록하십시오.</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>The registry could not be asked; the state is the local one</source>
        <translation>저장소에 묻지 못했습니다. 이곳에 저장된 상태입니다</translation>
    </message>
    <message>
        <source>tick the programme</source>
        <translation>프로그램 고르기</translation>
    </message>
    <message>
        <source>to the patient&apos;s window; then record</source>
        <translation>환자 화면으로, 서명 뒤에는 기록</translation>
    </message>
</context>
<context>
    <name>naru::ui::DataTable</name>
    <message>
        <source>Nothing here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::DigitChoice</name>
    <message>
        <source>Other</source>
        <translation>기타</translation>
    </message>
</context>
<context>
    <name>naru::ui::EntryList</name>
    <message>
        <source>Add: %1</source>
        <translation>추가: %1</translation>
    </message>
    <message>
        <source>Add… (name, initial consonants or code)</source>
        <translation>추가 (이름, 초성 또는 코드)</translation>
    </message>
</context>
<context>
    <name>naru::ui::EntryPane</name>
    <message>
        <source>Coded values</source>
        <translation>코드값</translation>
    </message>
    <message>
        <source>Coded values of this section</source>
        <translation>이 구역의 코드값</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>not: %1</source>
        <translation>아님: %1</translation>
    </message>
    <message>
        <source>This section has no coded values; its text is what the author signed.</source>
        <translation>이 구역에는 코드값이 없습니다. 작성자가 서명한 것은 본문입니다.</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Original words</source>
        <translation>원문</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>다른 코드</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>참고치</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>No value because</source>
        <translation>값이 없는 까닭</translation>
    </message>
</context>
<context>
    <name>naru::ui::EntryRow</name>
    <message>
        <source>Edit</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>(empty row)</source>
        <translation>(빈 행)</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>확인 전</translation>
    </message>
    <message>
        <source>Space includes or leaves out, Enter edits, Delete removes</source>
        <translation>Space 넣기·빼기, Enter 고치기, Delete 지우기</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>고치기: %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>naru::ui::HomePage</name>
    <message>
        <source>Drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected, errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consents expiring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished">시각</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation type="unfinished">환자</translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished">문서</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State → what to do next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Things to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a patient (Ctrl+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whole clinic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find (initial consonants too)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>oldest %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished">없음</translation>
    </message>
    <message>
        <source>longest %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overdue %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>action needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>within 14 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by a tile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 required left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready to send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looked up before anything is sent again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(open)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::HonestyBar</name>
    <message>
        <source>? Signature present, not verified</source>
        <translation>? 서명 있음, 확인 안 됨</translation>
    </message>
    <message>
        <source>– No signature</source>
        <translation>– 서명 없음</translation>
    </message>
    <message numerus="yes">
        <source>! %n rule error(s)</source>
        <translation>
            <numerusform>! 규칙 오류 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>? %n rule warning(s)</source>
        <translation>
            <numerusform>? 규칙 경고 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>? %n reading note(s)</source>
        <translation>
            <numerusform>? 읽기 알림 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>✓ Rules</source>
        <translation>✓ 규칙</translation>
    </message>
    <message>
        <source>! Not what was registered (hash or size)</source>
        <translation>! 등록된 내용과 다름 (해시 또는 크기)</translation>
    </message>
    <message>
        <source>✓ Hash as registered</source>
        <translation>✓ 등록된 해시와 같음</translation>
    </message>
    <message>
        <source>– Hash not registered</source>
        <translation>– 등록된 해시 없음</translation>
    </message>
    <message>
        <source>Confidentiality %1</source>
        <translation>기밀 %1</translation>
    </message>
    <message>
        <source>! Replaced by a newer version</source>
        <translation>! 새 판으로 대체됨</translation>
    </message>
    <message>
        <source>Version %1, replaces an earlier one</source>
        <translation>%1판, 이전 판을 대체</translation>
    </message>
    <message>
        <source>! The body is a file (%1); it is not shown here</source>
        <translation>! 본문이 파일(%1)이라 여기에 보이지 않습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::IdentityBanner</name>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the resident number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing it is recorded in the audit trail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished">없음</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consents: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consents of this patient (F12)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allergies %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::InstitutionSource</name>
    <message>
        <source>● exchange</source>
        <translation>● 교류 참여</translation>
    </message>
    <message>
        <source>not on the exchange</source>
        <translation>교류 미참여</translation>
    </message>
</context>
<context>
    <name>naru::ui::JobLine</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::LockPage</name>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafts are saved. Sending goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It stays locked</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::MainWindow</name>
    <message>
        <source>Tabs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User %1: settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock Ctrl+L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Naru</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This screen is not part of this installation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request for another patient (%1) has arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished">알 수 없음</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key has nothing to do on this screen just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close tab (a draft stays)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find ne&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>O&amp;ther view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next p&amp;ane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next ta&amp;b</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours of the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find a patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Overview of this patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Ask other institutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Consent of this patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Main act of the screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;gap, error or difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Approve and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Patients, documents, commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a patient first, then Ctrl+N</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::MessageStrip</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::OutboxPage</name>
    <message>
        <source>Outbox</source>
        <translation type="unfinished">전송함</translation>
    </message>
    <message>
        <source>Find in the outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished">시각</translation>
    </message>
    <message>
        <source>Patient → institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished">문서</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation type="unfinished">교류</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No attempt yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back (Delete)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the answer was lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeats by itself · next %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will be sent in order when connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeats by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written and sealed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was rejected: %1 (%2). To do: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 items have the same cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End it here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer was lost. It is looked up by its own number before anything is sent again; a second copy is never sent blindly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can still be taken back until %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent yet: %1. It is tried again by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be sent again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is tried again now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken back; the draft can be edited again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended by the user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back while it is held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next item that needs something</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::PasswordEdit</name>
    <message>
        <source>Hangul was typed: is the keyboard in Korean mode?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Capitals only: is Caps Lock on?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::PatientPage</name>
    <message>
        <source>Time line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All institutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time line of documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the record (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Medication</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allergies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Procedures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vaccinations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished">값</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished">참고치</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation type="unfinished">추이</translation>
    </message>
    <message>
        <source>Date</source>
        <translation type="unfinished">날짜</translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Code</source>
        <translation type="unfinished">코드</translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is known here yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask other institutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New ones only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New document (Ctrl+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask other institutions (Ctrl+Shift+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consent (F12)</source>
        <translation type="unfinished">동의 (F12)</translation>
    </message>
    <message>
        <source>New documents since the last look: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No new documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no document of this patient here; only what the EMR handed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>folded %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code %1 %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>original words “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sources: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the source document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next conflict or possible duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time line or record</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::PatientWindow</name>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>Window for the patient</source>
        <translation>환자 화면</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Much larger</source>
        <translation>더 크게</translation>
    </message>
    <message>
        <source>Do not withdraw</source>
        <translation>철회하지 않음</translation>
    </message>
    <message>
        <source>I do not agree</source>
        <translation>동의하지 않음</translation>
    </message>
    <message>
        <source>Please read to the end; the choices open there.</source>
        <translation>끝까지 읽으시면 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>I agree</source>
        <translation>동의함</translation>
    </message>
    <message>
        <source>Providing my personal information</source>
        <translation>개인정보 제공</translation>
    </message>
    <message>
        <source>Providing my health information (sensitive data)</source>
        <translation>민감정보(건강) 제공</translation>
    </message>
    <message>
        <source>Please sign here</source>
        <translation>여기에 서명해 주십시오</translation>
    </message>
    <message>
        <source>Please choose for each line.</source>
        <translation>줄마다 골라 주십시오.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>서명</translation>
    </message>
    <message>
        <source>I withdraw: %1</source>
        <translation>철회합니다: %1</translation>
    </message>
    <message>
        <source>I agree to: %1</source>
        <translation>동의합니다: %1</translation>
    </message>
    <message>
        <source>Sign and finish</source>
        <translation>서명하고 끝내기</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Thank you. Please give the pen back.</source>
        <translation>고맙습니다. 펜을 돌려주십시오.</translation>
    </message>
    <message>
        <source>%1 of %2 texts read</source>
        <translation>문서 %2개 중 %1개 읽음</translation>
    </message>
    <message>
        <source>waiting for the signature</source>
        <translation>서명 기다리는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::PatientsPage</name>
    <message>
        <source>Name, initial consonants, birth date or chart number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find on the exchange (Alt+2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New patient (Alt+3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identify on the exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished">이름</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Born</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation type="unfinished">교류</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No patient of this clinic matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patients the exchange knows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone</source>
        <translation type="unfinished">연락처</translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exchange knows nobody like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name *</source>
        <translation type="unfinished">이름 *</translation>
    </message>
    <message>
        <source>Sex *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Born *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chart number *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save and open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation type="unfinished">돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not identified yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a name and, if known, the birth date (홍길동 1961-03-02), then ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exchange could not be asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the exchange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patients the exchange knows (%1): Enter takes one over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>birth date (1961-03-02)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chart number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still missing: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patient could not be saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The exchange knows this patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The patient could not be identified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find on the exchange</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::PreviewPane</name>
    <message>
        <source>As the receiver sees it</source>
        <translation>받는 쪽 화면</translation>
    </message>
    <message>
        <source>Preview of the document</source>
        <translation>문서 미리보기</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>As authored</source>
        <translation>원문</translation>
    </message>
    <message>
        <source>Relay</source>
        <translation>심평원</translation>
    </message>
    <message>
        <source>Kind of preview</source>
        <translation>미리보기 종류</translation>
    </message>
    <message>
        <source>updating</source>
        <translation>갱신 중</translation>
    </message>
    <message>
        <source>current</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>sealed %1</source>
        <translation>봉인 %1</translation>
    </message>
    <message>
        <source>Items for the insurer&apos;s relay</source>
        <translation>심평원 중계 항목</translation>
    </message>
    <message>
        <source>(not given)</source>
        <translation>(없음)</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReaderPage</name>
    <message>
        <source>Kind of view (F9)</source>
        <translation>보기 종류 (F9)</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>As authored</source>
        <translation>원문</translation>
    </message>
    <message>
        <source>Write an answer (Ctrl+R)</source>
        <translation>답장 쓰기 (Ctrl+R)</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>인쇄</translation>
    </message>
    <message>
        <source>Keep the original</source>
        <translation>원문 보관</translation>
    </message>
    <message>
        <source>Compare versions</source>
        <translation>판 비교</translation>
    </message>
    <message>
        <source>Warnings about this document</source>
        <translation>이 문서의 경고</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>구역</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>이 문서에서 찾기</translation>
    </message>
    <message>
        <source>What changed between the versions</source>
        <translation>판 사이에 바뀐 것</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>이전 판</translation>
    </message>
    <message>
        <source>This version</source>
        <translation>이 판</translation>
    </message>
    <message>
        <source>The document&apos;s raw text</source>
        <translation>문서의 원래 글자</translation>
    </message>
    <message>
        <source>Keep the original document</source>
        <translation>원문 보관</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n곳</numerusform>
        </translation>
    </message>
    <message>
        <source>not in this document</source>
        <translation>이 문서에 없음</translation>
    </message>
    <message>
        <source>The document could not be opened</source>
        <translation>문서를 열지 못했습니다</translation>
    </message>
    <message>
        <source>This document cannot be read; its raw text is below</source>
        <translation>읽을 수 없는 문서입니다. 원래 글자를 아래에 보입니다</translation>
    </message>
    <message>
        <source>Unreadable document</source>
        <translation>읽을 수 없는 문서</translation>
    </message>
    <message>
        <source>%1: text and coded values differ</source>
        <translation>%1: 본문과 코드값이 다릅니다</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>The original could not be kept</source>
        <translation>원문을 보관하지 못했습니다</translation>
    </message>
    <message>
        <source>The original bytes were kept.</source>
        <translation>원문을 그대로 보관했습니다.</translation>
    </message>
    <message>
        <source>The earlier version is not here to compare with</source>
        <translation>비교할 이전 판이 여기에 없습니다</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(없음)</translation>
    </message>
    <message>
        <source>Nothing differs.</source>
        <translation>다른 것이 없습니다.</translation>
    </message>
    <message>
        <source>write an answer</source>
        <translation>답장 쓰기</translation>
    </message>
    <message>
        <source>trend of the chosen value</source>
        <translation>고른 값의 추이</translation>
    </message>
    <message>
        <source>copy the row as text</source>
        <translation>행을 글자로 복사</translation>
    </message>
    <message>
        <source>copy the row as code</source>
        <translation>행을 코드로 복사</translation>
    </message>
</context>
<context>
    <name>naru::ui::RecipientEditor</name>
    <message>
        <source>Receiving institution</source>
        <translation>수신 기관</translation>
    </message>
    <message>
        <source>Name or initial consonants</source>
        <translation>이름 또는 초성</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>진료과</translation>
    </message>
    <message>
        <source>Doctor (optional)</source>
        <translation>의사 (선택)</translation>
    </message>
    <message>
        <source>Takes part in the exchange ✓</source>
        <translation>진료정보교류 참여 ✓</translation>
    </message>
    <message>
        <source>Does not take part in the exchange ✕</source>
        <translation>진료정보교류 미참여 ✕</translation>
    </message>
    <message>
        <source>Insurer&apos;s relay ✓</source>
        <translation>심평원 중계 ✓</translation>
    </message>
    <message>
        <source>No insurer&apos;s relay ✕</source>
        <translation>심평원 중계 없음 ✕</translation>
    </message>
</context>
<context>
    <name>naru::ui::ResumeBar</name>
    <message>
        <source>Drafts to recover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the last save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was being typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Difference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft left behind: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(and %1 more)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last save was kept</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::SearchPage</name>
    <message>
        <source>Date</source>
        <translation type="unfinished">날짜</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished">상태</translation>
    </message>
    <message>
        <source>Documents found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stored here yet. Ask to see what other institutions have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result by institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it means and what to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch and open (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 2 years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 5 years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All institutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter what was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The other institutions could not be asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Obtain consent (F12)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document fits; the table below says why for each institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline: the other institutions could not be asked. What is stored here is shown, as of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document registered for %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no exchange consent of this patient → obtain it (F12)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not take part in the exchange → ask by phone or fax</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline, so not asked; this is not the same as nothing there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longer period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space ticks · documents already here open at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The documents could not be fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A document could not be fetched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other institutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick a document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch the ticked ones and open the first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::SectionNav</name>
    <message>
        <source>done</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>확인 전</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>작성중</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>구역</translation>
    </message>
</context>
<context>
    <name>naru::ui::SectionView</name>
    <message>
        <source>Write</source>
        <translation>적기</translation>
    </message>
    <message>
        <source>Write: %1</source>
        <translation>작성: %1</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>? not reviewed (F7)</source>
        <translation>? 확인 전 (F7)</translation>
    </message>
    <message>
        <source>required</source>
        <translation>필수</translation>
    </message>
    <message>
        <source>for the insurer&apos;s relay</source>
        <translation>심평원 중계용</translation>
    </message>
    <message>
        <source>nothing from the EMR – optional</source>
        <translation>EMR에 없음 – 선택</translation>
    </message>
</context>
<context>
    <name>naru::ui::SendSheet</name>
    <message>
        <source>Back (Esc)</source>
        <translation>돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Receiver</source>
        <translation>받는 곳</translation>
    </message>
    <message>
        <source>Sending without consent is allowed in three cases only (Medical Service Act 21-2(1)). Case, reason and doctor are recorded.</source>
        <translation>동의 없이 보낼 수 있는 것은 세 경우뿐입니다 (의료법 제21조의2제1항). 해당 사유와 결정한 의사를 기록합니다.</translation>
    </message>
    <message>
        <source>Legal case</source>
        <translation>법정 사유</translation>
    </message>
    <message>
        <source>Reason in your own words</source>
        <translation>사유를 직접 적기</translation>
    </message>
    <message>
        <source>Use the exception</source>
        <translation>예외로 보내기</translation>
    </message>
    <message>
        <source>chart %1</source>
        <translation>차트 %1</translation>
    </message>
    <message>
        <source>(no named receiver)</source>
        <translation>(받는 곳을 정하지 않음)</translation>
    </message>
    <message>
        <source>On the exchange ✓</source>
        <translation>진료정보교류 참여 ✓</translation>
    </message>
    <message>
        <source>Not on the exchange ✕</source>
        <translation>진료정보교류 미참여 ✕</translation>
    </message>
    <message>
        <source>Insurer&apos;s relay ✓</source>
        <translation>심평원 중계 ✓</translation>
    </message>
    <message>
        <source>Consent: %1</source>
        <translation>동의: %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Sealed bytes %1, SHA-256 %2 %3 …</source>
        <translation>봉인한 문서 %1, SHA-256 %2 %3 …</translation>
    </message>
    <message>
        <source>Signed by %1</source>
        <translation>서명자 %1</translation>
    </message>
    <message>
        <source> (licence %1)</source>
        <translation> (면허 %1)</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>서명하고 보내기 (Enter)</translation>
    </message>
    <message>
        <source>Put into the outbox (Enter)</source>
        <translation>전송함에 넣기 (Enter)</translation>
    </message>
    <message>
        <source>There is no valid consent to the exchange; it cannot be sent there yet.</source>
        <translation>유효한 교류 동의가 없어 아직 교류로 보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>Consent (F12)</source>
        <translation>동의 (F12)</translation>
    </message>
    <message>
        <source>Legal exception</source>
        <translation>응급 예외</translation>
    </message>
    <message>
        <source>Choose one of the three cases and write the reason.</source>
        <translation>세 경우 중 하나를 고르고 사유를 적으십시오.</translation>
    </message>
    <message>
        <source>Really send without consent</source>
        <translation>동의 없이 보내기 확인</translation>
    </message>
    <message>
        <source>This is recorded with your name and can be inspected. Confirm once more.</source>
        <translation>이름과 함께 기록되며 나중에 확인할 수 있습니다. 한 번 더 확인하십시오.</translation>
    </message>
    <message>
        <source>Sealing…</source>
        <translation>봉인하는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clinic and doctor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the clinic *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Institution number (8 digits) *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address, details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the doctor *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence number *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phone of the doctor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be saved; the old values stay in force</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clinic certificate: %1, valid until %2 (%3 days)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fingerprint was copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The diagnostics were copied; they hold no patient data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result of the test: not run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished">상태</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished">시각</translation>
    </message>
    <message>
        <source>Steps of the endpoint test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step %1. To do: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result of the test, %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all ten steps passed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint could not be tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Testing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language (from the next start)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock after minutes without use (1-10)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify when an answer arrives</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview beside the form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Years asked for in a search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen of the patient window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pen width of the signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Screen and type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Security and lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock now (Ctrl+L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program and diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Naru %1, Qt %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Site profile: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Endpoint test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::SignaturePad</name>
    <message>
        <source>Signature</source>
        <translation>서명</translation>
    </message>
    <message>
        <source>Sign with mouse, pen or finger. Delete clears.</source>
        <translation>마우스, 펜, 손가락으로 서명합니다. Delete로 지웁니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::SignerForm</name>
    <message>
        <source>Signed by</source>
        <translation>서명자</translation>
    </message>
    <message>
        <source>the patient</source>
        <translation>본인</translation>
    </message>
    <message>
        <source>legal representative</source>
        <translation>법정대리인</translation>
    </message>
    <message>
        <source>relative</source>
        <translation>보호자·가족</translation>
    </message>
    <message>
        <source>other</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Signed by: %1</source>
        <translation>서명자: %1</translation>
    </message>
    <message>
        <source>Relation to the patient</source>
        <translation>환자와의 관계</translation>
    </message>
    <message>
        <source>Identity checked by</source>
        <translation>신분 확인</translation>
    </message>
    <message>
        <source>Why the patient does not sign</source>
        <translation>환자가 서명하지 못하는 사유</translation>
    </message>
    <message>
        <source>Name of the signer</source>
        <translation>서명자 이름</translation>
    </message>
    <message>
        <source>Phone of the signer</source>
        <translation>서명자 연락처</translation>
    </message>
    <message>
        <source>Relation *</source>
        <translation>관계 *</translation>
    </message>
    <message>
        <source>Name *</source>
        <translation>이름 *</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>연락처</translation>
    </message>
    <message>
        <source>Identity check *</source>
        <translation>신분 확인 *</translation>
    </message>
    <message>
        <source>Why the patient does not sign *</source>
        <translation>환자가 서명하지 못하는 사유 *</translation>
    </message>
    <message>
        <source>%1</source>
        <translation>%1</translation>
    </message>
</context>
<context>
    <name>naru::ui::SourceChip</name>
    <message>
        <source>EMR</source>
        <translation>EMR</translation>
    </message>
    <message>
        <source>Earlier document</source>
        <translation>이전 문서</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>교류</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>직접입력</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>출처: %1</translation>
    </message>
    <message>
        <source>As of %1</source>
        <translation>기준 %1</translation>
    </message>
    <message>
        <source>As received: %1</source>
        <translation>받은 그대로: %1</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>확인함</translation>
    </message>
    <message>
        <source>Not reviewed yet</source>
        <translation>확인 전</translation>
    </message>
    <message>
        <source>Take back as it came</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>naru::ui::StartPage</name>
    <message>
        <source>Naru</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Naru</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything stored on this computer is encrypted with this passphrase. Nobody can restore it: keep it safely.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Records on this computer are encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two passphrases differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::StatusLine</name>
    <message>
        <source>F1 keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the outbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not connected yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be sent %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::TabFrame</name>
    <message>
        <source>Pages of this patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient</source>
        <translation type="unfinished">환자</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other institutions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consent</source>
        <translation type="unfinished">동의</translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished">문서</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::Toast</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::TrendChart</name>
    <message>
        <source>Trend</source>
        <translation>추이</translation>
    </message>
    <message>
        <source>Trend of %1</source>
        <translation>추이: %1</translation>
    </message>
    <message>
        <source>No values</source>
        <translation>값 없음</translation>
    </message>
    <message>
        <source>above the reference</source>
        <translation>참고치보다 높음</translation>
    </message>
    <message>
        <source>below the reference</source>
        <translation>참고치보다 낮음</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) in another unit not drawn</source>
        <translation>
            <numerusform>다른 단위의 값 %n개는 그리지 않음</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::UiJob</name>
    <message>
        <source>Loading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping (%1 s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 / %3 (%4 s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2 s)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>naru::ui::ValueEditor</name>
    <message>
        <source>“%1” is not a date</source>
        <translation>“%1”은(는) 날짜가 아닙니다</translation>
    </message>
</context>
<context>
    <name>naru::workstation::Workstation</name>
    <message>
        <source>The hand-over of the EMR could not be taken</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
