<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>SendOutcome</name>
    <message>
        <source>Sent and registered.</source>
        <translation>보냈고, 등록되었습니다.</translation>
    </message>
    <message>
        <source>It was rejected: %1. The outbox says what to do.</source>
        <translation>거절되었습니다: %1. 할 일은 전송함에 있습니다.</translation>
    </message>
    <message>
        <source>It is not certain that it arrived. It is looked up by its own number before anything is sent again.</source>
        <translation>도착했는지 확실하지 않습니다. 다시 보내기 전에 문서 번호로 등록 여부를 확인합니다.</translation>
    </message>
    <message>
        <source>Recalled. Nothing was sent.</source>
        <translation>취소했습니다. 아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>In the outbox, on its way.</source>
        <translation>전송함에 넣었고, 보내는 중입니다.</translation>
    </message>
    <message>
        <source>Not sent yet: %1. It is tried again by itself.</source>
        <translation>아직 보내지 못했습니다: %1. 자동으로 다시 보냅니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::AliasEditor</name>
    <message>
        <source>Aliases of this clinic</source>
        <translation>우리 의원 별칭</translation>
    </message>
    <message>
        <source>A word of your own that finds a code. One word may lead to several codes; it is never guessed.</source>
        <translation>의원에서 쓰는 말로 코드를 찾습니다. 한 말이 여러 코드로 이어질 수 있으며, 프로그램이 대신 고르지 않습니다.</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>별칭</translation>
    </message>
    <message>
        <source>Code system</source>
        <translation>코드 체계</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>No alias yet</source>
        <translation>아직 별칭이 없습니다</translation>
    </message>
    <message>
        <source>no such code now</source>
        <translation>지금은 없는 코드</translation>
    </message>
    <message>
        <source>Write the word first</source>
        <translation>별칭으로 쓸 말을 먼저 적으십시오</translation>
    </message>
    <message>
        <source>The alias was not added</source>
        <translation>별칭을 더하지 못했습니다</translation>
    </message>
    <message>
        <source>The alias was not removed</source>
        <translation>별칭을 빼지 못했습니다</translation>
    </message>
    <message>
        <source>The alias was removed</source>
        <translation>별칭을 뺐습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::AnonymisePanel</name>
    <message>
        <source>Save without the patient</source>
        <translation>환자 정보 없이 저장</translation>
    </message>
    <message>
        <source>Names, numbers and everything else that the standard lists is removed or replaced. May stay:</source>
        <translation>이름, 번호 등 표준이 정한 환자 정보를 지우거나 바꿉니다. 남겨도 되는 것:</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Age, sex, size and weight</source>
        <translation>나이, 성별, 키, 몸무게</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장비</translation>
    </message>
    <message>
        <source>Name of the institution</source>
        <translation>기관 이름</translation>
    </message>
    <message>
        <source>Descriptions without names</source>
        <translation>이름이 없는 설명</translation>
    </message>
    <message>
        <source>Drawings and overlays</source>
        <translation>그린 것과 겹침 표시</translation>
    </message>
    <message>
        <source>Identifiers of the images</source>
        <translation>영상 식별자(UID)</translation>
    </message>
    <message>
        <source>Choose an empty folder</source>
        <translation>빈 폴더 고르기</translation>
    </message>
    <message>
        <source>Do not save (Esc)</source>
        <translation>저장 안 함 (Esc)</translation>
    </message>
    <message>
        <source>Empty folder for the anonymised images</source>
        <translation>익명화 영상을 저장할 빈 폴더</translation>
    </message>
    <message>
        <source>Anonymising</source>
        <translation>익명화하는 중</translation>
    </message>
    <message>
        <source>The images were not saved</source>
        <translation>영상을 저장하지 못했습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) saved without the patient</source>
        <translation>
            <numerusform>영상 %n장을 환자 정보 없이 저장했습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) left out, since their inside cannot be cleaned</source>
        <translation>
            <numerusform>안을 지울 수 없는 문서 %n건은 뺐습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>look at the pictures before you give them away: text or a face may be in them</source>
        <translation>영상 안에 글자나 얼굴이 있을 수 있으니 내보내기 전에 확인하세요</translation>
    </message>
</context>
<context>
    <name>naru::ui::AppContext</name>
    <message>
        <source>The document could not be begun</source>
        <translation>문서를 시작하지 못했습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::ArchiveForm</name>
    <message>
        <source>It may send images to this computer</source>
        <translation>이 컴퓨터로 영상을 보낼 수 있음</translation>
    </message>
    <message>
        <source>Storage commitment asked for after sending</source>
        <translation>보낸 뒤 보관 확인 (Storage Commitment)</translation>
    </message>
    <message>
        <source>Secure connection (TLS)</source>
        <translation>보안 연결 (TLS)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Do not change</source>
        <translation>바꾸지 않음</translation>
    </message>
    <message>
        <source>Name *</source>
        <translation>이름 *</translation>
    </message>
    <message>
        <source>Address (IPv4 or name) *</source>
        <translation>주소 (IPv4 또는 이름) *</translation>
    </message>
    <message>
        <source>Port *</source>
        <translation>포트 *</translation>
    </message>
    <message>
        <source>Its AE title *</source>
        <translation>저장소의 AE 타이틀 *</translation>
    </message>
    <message>
        <source>Our AE title, as it knows us *</source>
        <translation>저장소에 등록된 우리 AE 타이틀 *</translation>
    </message>
    <message>
        <source>How images come</source>
        <translation>영상을 받는 방법</translation>
    </message>
    <message>
        <source>On our own connection (C-GET)</source>
        <translation>우리가 연 연결로 (C-GET)</translation>
    </message>
    <message>
        <source>It connects to us (C-MOVE)</source>
        <translation>저장소가 우리에게 연결 (C-MOVE)</translation>
    </message>
    <message>
        <source>Searched by</source>
        <translation>조회 기준</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Letters of a search</source>
        <translation>조회에 쓰는 글자</translation>
    </message>
    <message>
        <source>Unicode</source>
        <translation>유니코드</translation>
    </message>
    <message>
        <source>Korean (KS X 1001)</source>
        <translation>한글 (KS X 1001)</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>라틴 문자</translation>
    </message>
    <message>
        <source>Not said</source>
        <translation>밝히지 않음</translation>
    </message>
    <message>
        <source>Our certificate (PEM file) *</source>
        <translation>우리 인증서 (PEM 파일) *</translation>
    </message>
    <message>
        <source>Our key (PEM file) *</source>
        <translation>우리 개인 키 (PEM 파일) *</translation>
    </message>
    <message>
        <source>Who may have signed its certificate (PEM file) *</source>
        <translation>저장소 인증서의 발급 기관 (PEM 파일) *</translation>
    </message>
    <message>
        <source>Name in its certificate, where it is not the address</source>
        <translation>인증서의 이름 (주소와 다를 때)</translation>
    </message>
    <message>
        <source>A new archive</source>
        <translation>새 영상 저장소</translation>
    </message>
    <message>
        <source>Archive %1</source>
        <translation>영상 저장소 %1</translation>
    </message>
    <message>
        <source>Give the archive a name</source>
        <translation>저장소의 이름을 적으세요</translation>
    </message>
    <message>
        <source>There is an archive of this name already</source>
        <translation>같은 이름의 저장소가 이미 있습니다</translation>
    </message>
    <message>
        <source>Write the address of the archive: an IPv4 address or a name</source>
        <translation>저장소의 주소를 IPv4 주소나 이름으로 적으세요</translation>
    </message>
    <message>
        <source>An AE title has 1 to 16 Latin letters, digits or signs</source>
        <translation>AE 타이틀은 영문자, 숫자, 기호 1–16자입니다</translation>
    </message>
    <message>
        <source>A secure connection needs its three files</source>
        <translation>보안 연결에는 파일 세 개가 모두 필요합니다</translation>
    </message>
    <message>
        <source>The archive was not saved</source>
        <translation>저장소를 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Reached by</source>
        <translation>연결 방식</translation>
    </message>
    <message>
        <source>DICOM (C-FIND, C-GET, C-STORE)</source>
        <translation>DICOM (C-FIND, C-GET, C-STORE)</translation>
    </message>
    <message>
        <source>DICOMweb</source>
        <translation>DICOMweb</translation>
    </message>
    <message>
        <source>DICOMweb address *</source>
        <translation>DICOMweb 주소 *</translation>
    </message>
    <message>
        <source>Connections when sending</source>
        <translation>보낼 때 동시 연결 수</translation>
    </message>
    <message>
        <source>Without https anybody on the way can read the images: only inside a protected network.</source>
        <translation>https가 아니면 중간에서 영상을 볼 수 있습니다. 보호된 내부망에서만 쓰십시오.</translation>
    </message>
    <message>
        <source>Leave the certificates empty where the archive does not ask for ours, and where its own is of a public authority.</source>
        <translation>저장소가 우리 인증서를 요구하지 않고 저장소의 인증서가 공인 기관의 것이면 인증서 칸을 비워 두십시오.</translation>
    </message>
    <message>
        <source>Write the DICOMweb address, such as https://pacs.example.kr/dicom-web, without a question mark, a name or a password</source>
        <translation>DICOMweb 주소를 https://pacs.example.kr/dicom-web 처럼 적으십시오. 물음표, 이름, 비밀번호는 넣지 않습니다</translation>
    </message>
    <message>
        <source>A certificate and its key go together</source>
        <translation>인증서와 개인 키는 함께 적어야 합니다</translation>
    </message>
    <message>
        <source>Its address and AE title are needed only where it sends images to this computer.</source>
        <translation>주소와 AE 타이틀은 이 저장소가 이 컴퓨터로 영상을 보낼 때만 필요합니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::ArchivePage</name>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Patient, as the archive says</source>
        <translation>저장소에 적힌 환자</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>검사일</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상 수</translation>
    </message>
    <message>
        <source>Studies found</source>
        <translation>찾은 검사</translation>
    </message>
    <message>
        <source>Cancel fetching</source>
        <translation>가져오기 취소</translation>
    </message>
    <message>
        <source>Open the images</source>
        <translation>영상 열기</translation>
    </message>
    <message>
        <source>Fetch (Enter)</source>
        <translation>가져오기 (Enter)</translation>
    </message>
    <message>
        <source>No image archive is set up yet. Whoever runs it knows its address.</source>
        <translation>등록된 영상 저장소가 없습니다. 주소는 저장소 담당자에게 물어보세요.</translation>
    </message>
    <message>
        <source>Set up an archive</source>
        <translation>설정에서 저장소 추가</translation>
    </message>
    <message>
        <source>Ask the archive which studies it has of this patient.</source>
        <translation>이 환자의 검사가 저장소에 있는지 조회하세요.</translation>
    </message>
    <message>
        <source>Search (F5)</source>
        <translation>찾기 (F5)</translation>
    </message>
    <message>
        <source>%1 could not be asked</source>
        <translation>%1에서 조회하지 못했습니다</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>다시 조회</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>%1 조회 중</translation>
    </message>
    <message>
        <source>%1 has no study that fits. Every hospital numbers its patients itself, and some write names in Latin letters.</source>
        <translation>%1에는 조건에 맞는 검사가 없습니다. 병원마다 환자번호가 다르고, 이름을 로마자로 적는 곳도 있습니다.</translation>
    </message>
    <message>
        <source>Change the search</source>
        <translation>조건 바꾸기</translation>
    </message>
    <message>
        <source>%1 · studies: %2 · asked at %3</source>
        <translation>%1 · 검사 %2건 · %3 조회</translation>
    </message>
    <message>
        <source>The archive has more than it says here. Narrow the search to see all of them.</source>
        <translation>저장소에 검사가 더 있습니다. 모두 보려면 조건을 좁히세요.</translation>
    </message>
    <message>
        <source>Open the images (Enter)</source>
        <translation>영상 열기 (Enter)</translation>
    </message>
    <message>
        <source>Into this chart (Enter)</source>
        <translation>이 차트에 넣기 (Enter)</translation>
    </message>
    <message>
        <source>This study is in the chart of another patient: %1. It was not put into this one.</source>
        <translation>다른 환자의 차트에 있는 검사입니다: %1. 이 차트에 넣지 않았습니다.</translation>
    </message>
    <message>
        <source>This study is of another person: %1. Different: %2. It was not fetched into this chart.</source>
        <translation>다른 환자의 검사입니다: %1. 다른 항목: %2. 이 차트로 가져오지 않았습니다.</translation>
    </message>
    <message>
        <source>Fetch without a chart</source>
        <translation>차트 없이 가져오기</translation>
    </message>
    <message>
        <source>The archive does not say enough to tell whose study this is: %1. Compare before you fetch it.</source>
        <translation>저장소의 정보만으로는 누구의 검사인지 알 수 없습니다: %1. 대조한 뒤 가져오세요.</translation>
    </message>
    <message>
        <source>It is this patient: fetch</source>
        <translation>이 환자가 맞음: 가져오기</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>그만두기</translation>
    </message>
    <message>
        <source>The images could not be put into this chart</source>
        <translation>영상을 이 차트에 넣지 못했습니다</translation>
    </message>
    <message>
        <source>The study could not be fetched</source>
        <translation>검사를 가져오지 못했습니다</translation>
    </message>
    <message>
        <source>%1 images came from %2</source>
        <translation>%2에서 영상 %1장을 가져왔습니다</translation>
    </message>
    <message>
        <source>The study was not put into this chart: %1. To do: %2 (%3)</source>
        <translation>검사를 이 차트에 넣지 않았습니다: %1. 할 일: %2 (%3)</translation>
    </message>
    <message>
        <source>The study could not be fetched: %1. To do: %2 (%3)</source>
        <translation>검사를 가져오지 못했습니다: %1. 할 일: %2 (%3)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>These images are of another person: %1 %2. Different: %3. Do not use them for this patient.</source>
        <translation>다른 환자의 영상입니다: %1 %2. 다른 항목: %3. 이 환자에게 쓰지 마세요.</translation>
    </message>
    <message>
        <source>Out of this chart</source>
        <translation>이 차트에서 빼기</translation>
    </message>
    <message>
        <source>The images could not be taken out of the chart</source>
        <translation>영상을 차트에서 빼지 못했습니다</translation>
    </message>
    <message>
        <source>Search an archive</source>
        <translation>저장소에서 찾기</translation>
    </message>
    <message>
        <source>Ask the archive</source>
        <translation>저장소 조회</translation>
    </message>
    <message>
        <source>Fetch, then open</source>
        <translation>가져오기, 온 뒤에는 열기</translation>
    </message>
    <message>
        <source>Fetch or open; in the list below: try again</source>
        <translation>가져오기·열기, 아래 목록에서는 다시 시도</translation>
    </message>
    <message>
        <source>Cancel a transfer</source>
        <translation>전송 취소</translation>
    </message>
    <message>
        <source>Search, studies, transfers</source>
        <translation>조건, 검사, 전송 목록</translation>
    </message>
    <message>
        <source>Next transfer that failed</source>
        <translation>다음 실패한 전송</translation>
    </message>
</context>
<context>
    <name>naru::ui::ArchivesPart</name>
    <message>
        <source>Where images are searched, fetched and sent (DICOM). Who runs an archive must know our AE title and address.</source>
        <translation>영상을 찾고 가져오고 보내는 곳입니다 (DICOM). 저장소 담당자에게 우리 AE 타이틀과 주소를 알려 등록해야 합니다.</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>저장소</translation>
    </message>
    <message>
        <source>AE title</source>
        <translation>AE 타이틀</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Images come by</source>
        <translation>받는 방법</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Image archives</source>
        <translation>영상 저장소</translation>
    </message>
    <message>
        <source>No archive yet</source>
        <translation>등록한 저장소가 없습니다</translation>
    </message>
    <message>
        <source>Add an archive</source>
        <translation>저장소 추가</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>확인한 것</translation>
    </message>
    <message>
        <source>Steps of the test</source>
        <translation>연결 검사 단계</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Change (Enter)</source>
        <translation>고치기 (Enter)</translation>
    </message>
    <message>
        <source>Test (F5)</source>
        <translation>검사 (F5)</translation>
    </message>
    <message>
        <source>Make it the default</source>
        <translation>기본으로</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>● default</source>
        <translation>● 기본</translation>
    </message>
    <message>
        <source>%1 is saved. Test whether it answers.</source>
        <translation>%1: 저장했습니다. 응답하는지 검사해 보세요.</translation>
    </message>
    <message>
        <source>The default was not changed</source>
        <translation>기본 저장소를 바꾸지 못했습니다</translation>
    </message>
    <message>
        <source>The archive was not removed</source>
        <translation>저장소를 빼지 못했습니다</translation>
    </message>
    <message>
        <source>%1 was removed</source>
        <translation>%1: 뺐습니다</translation>
    </message>
    <message>
        <source>The archive could not be tested</source>
        <translation>저장소를 검사하지 못했습니다</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>검사하는 중</translation>
    </message>
    <message>
        <source>Test of %1, %2: it answers</source>
        <translation>%1 검사, %2: 응답합니다</translation>
    </message>
    <message>
        <source>Test of %1, %2: stopped at step %3</source>
        <translation>%1 검사, %2: %3번째 단계에서 멈춤</translation>
    </message>
</context>
<context>
    <name>naru::ui::AttachmentBar</name>
    <message>
        <source>Attach images (Alt+I)</source>
        <translation>영상 붙이기 (Alt+I)</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상 수</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Studies of this patient that are stored here</source>
        <translation>여기에 저장된 이 환자의 영상 검사</translation>
    </message>
    <message>
        <source>No images of this patient are stored here</source>
        <translation>여기에 저장된 이 환자의 영상이 없습니다</translation>
    </message>
    <message>
        <source>Looking for images</source>
        <translation>영상 찾는 중</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 images · %4  ×</source>
        <translation>%1 · %2 · %3장 · %4  ×</translation>
    </message>
    <message>
        <source>Attached: %1. Press to remove</source>
        <translation>붙인 영상: %1. 누르면 뺍니다</translation>
    </message>
    <message>
        <source>The images could not be attached</source>
        <translation>영상을 붙이지 못했습니다</translation>
    </message>
    <message>
        <source>%1 images are attached</source>
        <translation>영상 %1장을 붙였습니다</translation>
    </message>
    <message>
        <source>Attaching images</source>
        <translation>영상 붙이는 중</translation>
    </message>
    <message>
        <source>The images are no longer attached</source>
        <translation>영상을 뺐습니다</translation>
    </message>
    <message>
        <source>Single images (→)</source>
        <translation>낱장 고르기 (→)</translation>
    </message>
    <message>
        <source>Images are still being attached; send when they are.</source>
        <translation>영상을 첨부하고 있습니다. 첨부가 끝난 뒤에 보내십시오.</translation>
    </message>
</context>
<context>
    <name>naru::ui::CalibrationPanel</name>
    <message>
        <source>Calibrate by a known length</source>
        <translation>알려진 길이로 보정</translation>
    </message>
    <message>
        <source>Length of the line in mm</source>
        <translation>선의 길이 (mm)</translation>
    </message>
    <message>
        <source>Length in mm</source>
        <translation>길이 (mm)</translation>
    </message>
    <message>
        <source>For which images</source>
        <translation>적용할 영상</translation>
    </message>
    <message>
        <source>This image only</source>
        <translation>이 영상만</translation>
    </message>
    <message numerus="yes">
        <source>All %n image(s) of the series</source>
        <translation>
            <numerusform>시리즈 전체 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>A number of millimetres, up to %1</source>
        <translation>%1 mm까지의 숫자를 넣으세요</translation>
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
        <translation>! 본문은 “%1”, 코드값은 “%2” – 서로 다릅니다</translation>
    </message>
    <message>
        <source>The coded value is negated, the text does not say so</source>
        <translation>코드값은 부정인데 본문에는 그렇게 적혀 있지 않습니다</translation>
    </message>
    <message>
        <source>A coded value points at text that is not in the document</source>
        <translation>코드값이 문서에 없는 본문을 가리킵니다</translation>
    </message>
    <message>
        <source>A section has coded values but no text</source>
        <translation>코드값만 있고 본문이 없는 구역이 있습니다</translation>
    </message>
    <message>
        <source>An unknown element is shown as plain text</source>
        <translation>알 수 없는 요소를 글로만 보여 줍니다</translation>
    </message>
    <message>
        <source>A section this program does not know is shown raw</source>
        <translation>이 프로그램이 모르는 구역을 그대로 보여 줍니다</translation>
    </message>
    <message>
        <source>Hidden or direction-changing characters are shown as marks</source>
        <translation>숨은 문자와 방향 바꿈 문자를 표시로 보여 줍니다</translation>
    </message>
    <message>
        <source>The style sheet named by the document is not used</source>
        <translation>문서가 지정한 스타일시트는 쓰지 않습니다</translation>
    </message>
    <message>
        <source>Something outside the document is not opened</source>
        <translation>문서 밖의 자료는 열지 않습니다</translation>
    </message>
    <message>
        <source>A picture is not in the document</source>
        <translation>그림이 문서 안에 없습니다</translation>
    </message>
    <message>
        <source>An attachment is not the picture it claims to be and is not shown</source>
        <translation>첨부가 표시된 형식의 그림이 아니어서 보여 주지 않습니다</translation>
    </message>
    <message>
        <source>Too many coded values; only the first were read</source>
        <translation>코드값이 너무 많아 앞부분만 읽었습니다</translation>
    </message>
    <message>
        <source>The same identifier is used more than once</source>
        <translation>같은 식별번호가 여러 번 쓰였습니다</translation>
    </message>
    <message>
        <source>The body is a file</source>
        <translation>본문이 파일입니다</translation>
    </message>
    <message>
        <source>Something in this document is unusual</source>
        <translation>이 문서에 보통과 다른 점이 있습니다</translation>
    </message>
    <message>
        <source>no information</source>
        <translation>정보 없음</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
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
        <translation>가려짐</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Document %1</source>
        <translation>문서 %1</translation>
    </message>
    <message>
        <source>[%1, not shown as authored] </source>
        <translation>[%1, 원문 모양 아님] </translation>
    </message>
    <message>
        <source>[attachment %1 cannot be shown here]</source>
        <translation>[첨부 %1: 여기서 볼 수 없습니다]</translation>
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
    <name>naru::ui::ClinicForm</name>
    <message>
        <source>Name of the clinic *</source>
        <translation>의원 이름 *</translation>
    </message>
    <message>
        <source>Institution number (8 digits) *</source>
        <translation>요양기관기호 (8자리) *</translation>
    </message>
    <message>
        <source>Phone *</source>
        <translation>전화 *</translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation>우편번호</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Address, details</source>
        <translation>상세주소</translation>
    </message>
    <message>
        <source>Name of the doctor *</source>
        <translation>의사 성명 *</translation>
    </message>
    <message>
        <source>Licence number *</source>
        <translation>면허번호 *</translation>
    </message>
    <message>
        <source>Phone of the doctor</source>
        <translation>의사 전화</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>It could not be saved; the old values stay in force</source>
        <translation>저장하지 못해 이전 값을 그대로 씁니다</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장했습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::CodePicker</name>
    <message>
        <source>Recent and frequent</source>
        <translation>최근·자주 쓴 것</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n건 찾음</numerusform>
        </translation>
    </message>
    <message>
        <source>F2 free text</source>
        <translation>F2 글로 두기</translation>
    </message>
    <message numerus="yes">
        <source>first %n</source>
        <translation>
            <numerusform>처음 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Perhaps? – only similar names, Enter takes none of them</source>
        <translation>혹시? 이름만 비슷합니다 – Enter로 고르지 않습니다</translation>
    </message>
    <message>
        <source>Enter add all  Delete leave out  Esc cancel</source>
        <translation>Enter 모두 추가  Delete 빼기  Esc 취소</translation>
    </message>
    <message>
        <source>Enter choose  Backspace back</source>
        <translation>Enter 선택  Backspace 뒤로</translation>
    </message>
    <message>
        <source>→ open  ← up  Enter choose  Esc back</source>
        <translation>→ 열기  ← 위로  Enter 선택  Esc 뒤로</translation>
    </message>
    <message>
        <source>Alt+%1 takes this one</source>
        <translation>Alt+%1 이것으로 선택</translation>
    </message>
    <message>
        <source>Enter open the codes below</source>
        <translation>Enter 하위 코드 보기</translation>
    </message>
    <message>
        <source>Enter choose</source>
        <translation>Enter 선택</translation>
    </message>
    <message>
        <source>Alt+1…9 choose directly</source>
        <translation>Alt+1…9 바로 선택</translation>
    </message>
    <message>
        <source>Tab add and go on</source>
        <translation>Tab 추가하고 계속</translation>
    </message>
    <message>
        <source>Ctrl+D favourite</source>
        <translation>Ctrl+D 즐겨찾기</translation>
    </message>
    <message>
        <source>Alt+↓ hierarchy</source>
        <translation>Alt+↓ 분류</translation>
    </message>
    <message>
        <source>Alt+Enter details</source>
        <translation>Alt+Enter 자세히</translation>
    </message>
    <message>
        <source>Use it anyway – claims will not accept it</source>
        <translation>그대로 쓰기 – 이 코드로는 청구할 수 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n code(s) below</source>
        <translation>
            <numerusform>하위 코드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is incomplete: choose one below</source>
        <translation>불완전코드 %1 – 하위 코드를 고르세요</translation>
    </message>
    <message>
        <source>Hierarchy: %1</source>
        <translation>분류: %1</translation>
    </message>
    <message numerus="yes">
        <source>Not known, left out: %n</source>
        <translation>
            <numerusform>모르는 코드 %n개 – 추가하지 않습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pasted: add %n code(s)?</source>
        <translation>
            <numerusform>붙여넣은 코드 %n개를 추가할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>Chosen: %1 – more exactly?</source>
        <translation>선택: %1 – 더 자세히?</translation>
    </message>
    <message>
        <source>Enter choose  ← → move  Esc leave it so</source>
        <translation>Enter 선택  ← → 이동  Esc 그대로 두기</translation>
    </message>
    <message>
        <source>Alt+1…9 choose  ← → move  Enter leave it so  Tab go on</source>
        <translation>Alt+1…9 선택  ← → 이동  Enter 그대로 두기  Tab 다음 칸</translation>
    </message>
    <message>
        <source>None – write it as free text (F2)</source>
        <translation>없음 – 자유 문구로 적기 (F2)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>naru::ui::CommandPalette</name>
    <message>
        <source>Nothing matches</source>
        <translation>맞는 것이 없습니다</translation>
    </message>
    <message>
        <source>Patient, document or command</source>
        <translation>환자, 문서, 명령</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>초안</translation>
    </message>
</context>
<context>
    <name>naru::ui::ComposeFooter</name>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>보내기 (Ctrl+Enter)</translation>
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
    <message>
        <source>saved %1</source>
        <translation>%1 저장됨</translation>
    </message>
</context>
<context>
    <name>naru::ui::ComposeHead</name>
    <message>
        <source>✓ Exchange</source>
        <translation>✓ 진료정보교류</translation>
    </message>
    <message>
        <source>✕ Not on the exchange</source>
        <translation>✕ 교류 안 됨</translation>
    </message>
    <message>
        <source>Goes to: %1</source>
        <translation>보낼 곳: %1</translation>
    </message>
    <message>
        <source>Author and signer: %1</source>
        <translation>작성·서명: %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::ComposePage</name>
    <message>
        <source>The draft could not be saved</source>
        <translation>초안을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>전송함</translation>
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
    <message numerus="yes">
        <source>%n item(s) missing; sending waits for them.</source>
        <translation>
            <numerusform>빠진 것이 %n건 있어 아직 보내지 않습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The document could not be sealed</source>
        <translation>문서를 봉인하지 못했습니다</translation>
    </message>
    <message>
        <source>Recalled. Nothing was sent; the draft is open again.</source>
        <translation>취소했습니다. 보내지 않았고, 초안을 다시 열었습니다.</translation>
    </message>
    <message>
        <source>offer what earlier documents say for this section</source>
        <translation>이 구역에 관한 이전 문서의 내용을 보여 줍니다</translation>
    </message>
    <message>
        <source>keep the words as free text (in a code field)</source>
        <translation>코드 칸에서 글 그대로 두기</translation>
    </message>
    <message>
        <source>choose in a relay item</source>
        <translation>중계 항목 고르기</translation>
    </message>
    <message>
        <source>remove the row</source>
        <translation>줄 지우기</translation>
    </message>
    <message>
        <source>attach images of this patient</source>
        <translation>이 환자의 영상 붙이기</translation>
    </message>
    <message numerus="yes">
        <source>In the outbox – can be recalled for %n second(s)</source>
        <translation>
            <numerusform>전송함에 넣었습니다 – %n초 안에 취소할 수 있습니다</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::ConnectionPart</name>
    <message>
        <source>Exchange: %1</source>
        <translation>교류: %1</translation>
    </message>
    <message>
        <source>Clinic certificate: %1, valid until %2 (%3 days)</source>
        <translation>기관 인증서: %1, 만료 %2 (%3일)</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>지문 복사</translation>
    </message>
    <message>
        <source>The fingerprint was copied</source>
        <translation>지문을 복사했습니다</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>연결 대상</translation>
    </message>
    <message>
        <source>Test (F5)</source>
        <translation>검사 (F5)</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>진단 복사</translation>
    </message>
    <message>
        <source>The diagnostics were copied; they hold no patient data</source>
        <translation>진단을 복사했습니다. 환자 정보는 없습니다</translation>
    </message>
    <message>
        <source>Result of the test: not run yet</source>
        <translation>검사 결과: 아직 안 함</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>What was seen</source>
        <translation>확인한 것</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>걸린 시간</translation>
    </message>
    <message>
        <source>Steps of the endpoint test</source>
        <translation>연결 검사 단계</translation>
    </message>
    <message>
        <source>Stopped at step %1. To do: %2</source>
        <translation>%1단계에서 멈춤. 할 일: %2</translation>
    </message>
    <message>
        <source>Result of the test, %1: %2</source>
        <translation>검사 결과 %1: %2</translation>
    </message>
    <message>
        <source>all ten steps passed</source>
        <translation>열 단계 모두 통과</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>The endpoint could not be tested</source>
        <translation>연결 대상을 검사하지 못했습니다</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>검사하는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConsentHistory</name>
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
        <translation>행위</translation>
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
        <translation>유효 기한</translation>
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
        <source>valid until %1</source>
        <translation>%1까지 유효</translation>
    </message>
    <message>
        <source>Space ticks a programme; then its words are shown here.</source>
        <translation>Space로 프로그램을 고르면 환자에게 보일 글이 여기에 나옵니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::ConsentPage</name>
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
        <translation>동의·철회·이력</translation>
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
        <source>Stopped. Nothing was signed.</source>
        <translation>중단했습니다. 서명된 것은 없습니다.</translation>
    </message>
    <message>
        <source>Programmes to consent to</source>
        <translation>동의할 프로그램</translation>
    </message>
    <message>
        <source>Departments left out (optional)</source>
        <translation>뺄 진료과 (선택)</translation>
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
        <source>new consent</source>
        <translation>새 동의</translation>
    </message>
    <message>
        <source>A signature is under way: record it or stop it first.</source>
        <translation>서명이 진행 중입니다. 먼저 기록하거나 중단하세요.</translation>
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
        <translation>환자 화면: 이 모니터 (2번 모니터 없음)</translation>
    </message>
    <message>
        <source>Tick at least one programme (Space).</source>
        <translation>프로그램을 하나 이상 고르세요 (Space).</translation>
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
        <translation>환자가 동의하지 않았습니다. 기록하지 않았고 진료는 계속됩니다.</translation>
    </message>
    <message>
        <source>Patient: %1</source>
        <translation>환자: %1</translation>
    </message>
    <message>
        <source>Signed. Enter records it and queues the registration.</source>
        <translation>서명했습니다. Enter를 누르면 기록하고 등록합니다.</translation>
    </message>
    <message>
        <source>Both lines must be agreed to on the paper, or there is no consent to record.</source>
        <translation>종이에서 두 항목에 모두 동의해야 기록할 수 있습니다.</translation>
    </message>
    <message>
        <source>Withdrawn. It holds at once; the exchange is being told.</source>
        <translation>철회했습니다. 바로 효력이 있고 교류에 알리는 중입니다.</translation>
    </message>
    <message>
        <source>Recorded. The consent holds; its registration is on the way.</source>
        <translation>기록했습니다. 동의는 유효하며 등록 중입니다.</translation>
    </message>
    <message>
        <source>Scan of the signed form</source>
        <translation>서명된 서식 스캔</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.bmp *.tif *.tiff)</source>
        <translation>그림 (*.png *.jpg *.jpeg *.bmp *.tif *.tiff)</translation>
    </message>
    <message>
        <source>This file is no picture that can be used.</source>
        <translation>쓸 수 있는 그림이 아닙니다.</translation>
    </message>
    <message>
        <source>Scan attached (%1 × %2). Tick what the paper says, then Enter records it.</source>
        <translation>스캔을 붙였습니다 (%1 × %2). 종이의 표시를 옮긴 뒤 Enter를 누르세요.</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>The registry could not be asked; the state is the local one</source>
        <translation>등록소에 묻지 못해 여기 저장된 상태를 보여 줍니다</translation>
    </message>
    <message>
        <source>tick the programme</source>
        <translation>프로그램 고르기</translation>
    </message>
    <message>
        <source>to the patient&apos;s window; then record</source>
        <translation>환자 화면으로, 그다음 기록</translation>
    </message>
    <message>
        <source>No institution has fetched a copy so far.</source>
        <translation>지금까지 사본을 가져간 기관이 없습니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::DataTable</name>
    <message>
        <source>Nothing here</source>
        <translation>내용 없음</translation>
    </message>
</context>
<context>
    <name>naru::ui::DifferenceList</name>
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
        <translation>이전</translation>
    </message>
    <message>
        <source>This version</source>
        <translation>이번 판</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(없음)</translation>
    </message>
    <message>
        <source>Nothing differs.</source>
        <translation>다른 것이 없습니다.</translation>
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
    <name>naru::ui::DocumentTimeline</name>
    <message>
        <source>Time line</source>
        <translation>시간축</translation>
    </message>
    <message>
        <source>Record (F9)</source>
        <translation>통합 기록 (F9)</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>문서 종류</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>상대 기관</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>All institutions</source>
        <translation>모든 기관</translation>
    </message>
    <message>
        <source>Time line of documents</source>
        <translation>문서 시간축</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>날짜 없음</translation>
    </message>
</context>
<context>
    <name>naru::ui::EarlierWords</name>
    <message>
        <source>No earlier document says anything for this section.</source>
        <translation>이 구역에 관한 이전 문서가 없습니다.</translation>
    </message>
    <message>
        <source>%1 says nothing that is not here already.</source>
        <translation>%1에는 여기에 없는 내용이 없습니다.</translation>
    </message>
    <message>
        <source>%1 says: “%2”</source>
        <translation>%1: “%2”</translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>덧붙이기</translation>
    </message>
    <message numerus="yes">
        <source>%n found in %1; tick what belongs here.</source>
        <translation>
            <numerusform>%1에서 %n건을 찾았습니다. 넣을 것을 고르세요.</numerusform>
        </translation>
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
        <translation>추가… (이름, 초성, 코드)</translation>
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
        <translation>이 구역에는 코드값이 없습니다. 본문이 작성자가 서명한 내용입니다.</translation>
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
        <translation>원래 표현</translation>
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
        <translation>참고</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>No value because</source>
        <translation>값이 없는 이유</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
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
        <translation>(빈 줄)</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>확인 전</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 고치기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Space includes or leaves out, Enter edits, Delete removes, Alt+Up and Alt+Down move it</source>
        <translation>Space로 넣고 빼기, Enter로 고치기, Delete로 지우기, Alt+↑ Alt+↓로 순서 바꾸기</translation>
    </message>
</context>
<context>
    <name>naru::ui::FindBar</name>
    <message>
        <source>Find in this document</source>
        <translation>이 문서에서 찾기</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n건 찾음</numerusform>
        </translation>
    </message>
    <message>
        <source>not in this document</source>
        <translation>이 문서에 없음</translation>
    </message>
</context>
<context>
    <name>naru::ui::HandOverNotes</name>
    <message>
        <source>In the file</source>
        <translation>파일에서</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>어떻게 되었는지</translation>
    </message>
    <message>
        <source>Not taken over as it is</source>
        <translation>그대로 가져오지 않은 것</translation>
    </message>
    <message>
        <source>What?</source>
        <translation>무엇인지 보기</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) of the EMR&apos;s hand-over were not taken as they are</source>
        <translation>
            <numerusform>EMR에서 넘긴 것 가운데 %n가지는 그대로 가져오지 않았습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>접기</translation>
    </message>
</context>
<context>
    <name>naru::ui::HomePage</name>
    <message>
        <source>Drafts</source>
        <translation>작성중</translation>
    </message>
    <message>
        <source>To be sent</source>
        <translation>전송대기</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>회신도착</translation>
    </message>
    <message>
        <source>Rejected, errors</source>
        <translation>반려·오류</translation>
    </message>
    <message>
        <source>Consents expiring</source>
        <translation>동의만료</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>상대 기관</translation>
    </message>
    <message>
        <source>State → what to do next</source>
        <translation>상태 → 다음 할 일</translation>
    </message>
    <message>
        <source>Things to do</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>할 일이 없습니다</translation>
    </message>
    <message>
        <source>Find a patient (Ctrl+O)</source>
        <translation>환자 찾기 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>나만</translation>
    </message>
    <message>
        <source>Whole clinic</source>
        <translation>의원 전체</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>문서 종류</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7일</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90일</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Find in the list</source>
        <translation>목록에서 찾기</translation>
    </message>
    <message>
        <source>Find (initial consonants too)</source>
        <translation>찾기 (초성 가능)</translation>
    </message>
    <message>
        <source>oldest %1</source>
        <translation>최장 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>longest %1</source>
        <translation>최장 %1</translation>
    </message>
    <message>
        <source>overdue %1</source>
        <translation>회신 지연 %1</translation>
    </message>
    <message>
        <source>none overdue</source>
        <translation>지연 없음</translation>
    </message>
    <message>
        <source>new %1</source>
        <translation>새 %1</translation>
    </message>
    <message>
        <source>action needed</source>
        <translation>조치 필요</translation>
    </message>
    <message>
        <source>within 14 days</source>
        <translation>14일 안</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Filter by a tile</source>
        <translation>타일로 거르기</translation>
    </message>
    <message>
        <source>Open the row</source>
        <translation>줄 열기</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>글자</translation>
    </message>
    <message>
        <source>%1 required left</source>
        <translation>남은 필수 %1</translation>
    </message>
    <message>
        <source>ready to send</source>
        <translation>보낼 수 있음</translation>
    </message>
    <message>
        <source>looked up before anything is sent again</source>
        <translation>다시 보내기 전에 등록 여부를 확인합니다</translation>
    </message>
    <message>
        <source>read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>valid until %1</source>
        <translation>%1까지 유효</translation>
    </message>
    <message>
        <source>(open)</source>
        <translation>(미정)</translation>
    </message>
    <message>
        <source>Answer to: %1</source>
        <translation>회신: %1</translation>
    </message>
    <message>
        <source>read again</source>
        <translation>다시 읽기</translation>
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
        <translation>! 등록된 내용과 다름 (해시·크기)</translation>
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
        <translation>기밀 등급 %1</translation>
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
        <translation>! 본문이 파일입니다 (%1). 여기서 보여 주지 않습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::IdentityBanner</name>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Show the resident number</source>
        <translation>주민등록번호 보기</translation>
    </message>
    <message>
        <source>Showing it is recorded in the audit trail</source>
        <translation>보면 감사기록에 남습니다</translation>
    </message>
    <message>
        <source>Chart %1</source>
        <translation>차트 %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>가리기</translation>
    </message>
    <message>
        <source>Consents: %1</source>
        <translation>동의: %1</translation>
    </message>
    <message>
        <source>Consents of this patient (F12)</source>
        <translation>이 환자의 동의 (F12)</translation>
    </message>
    <message>
        <source>No allergy recorded</source>
        <translation>알레르기 기록 없음</translation>
    </message>
    <message>
        <source>Allergies %1</source>
        <translation>알레르기 %1</translation>
    </message>
    <message>
        <source>Hide the resident number</source>
        <translation>주민등록번호 숨기기</translation>
    </message>
</context>
<context>
    <name>naru::ui::ImageChoice</name>
    <message>
        <source>Series</source>
        <translation>시리즈</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Images of this study</source>
        <translation>이 검사의 영상</translation>
    </message>
    <message>
        <source>This study holds no image that can be shown</source>
        <translation>이 검사에는 보여 줄 수 있는 영상이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n프레임</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Attach %n image(s) (Enter)</source>
        <translation>
            <numerusform>%n장 붙이기 (Enter)</numerusform>
        </translation>
    </message>
    <message>
        <source>Attach this image (Enter)</source>
        <translation>이 영상 붙이기 (Enter)</translation>
    </message>
</context>
<context>
    <name>naru::ui::ImageFetches</name>
    <message>
        <source>Fetching the images</source>
        <translation>영상 가져오는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::ImagingPage</name>
    <message>
        <source>This has nothing to do on this image just now</source>
        <translation>지금 이 영상에서는 할 일이 없습니다</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Look at a folder or disc</source>
        <translation>폴더·CD 보기</translation>
    </message>
    <message>
        <source>A display for reference; it may not be a diagnostic monitor.</source>
        <translation>참고용 표시 장치입니다. 진단용 모니터가 아닐 수 있습니다.</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>저장 (Ctrl+S)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>The images could not be read</source>
        <translation>영상을 읽지 못했습니다</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>불러오는 중</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Attach the key images to the open draft</source>
        <translation>핵심 영상을 열린 초안에 첨부</translation>
    </message>
    <message>
        <source>Compare with an earlier study</source>
        <translation>과거 검사와 비교</translation>
    </message>
    <message>
        <source>Text on the image</source>
        <translation>영상 위 글자</translation>
    </message>
    <message>
        <source>Text, then Enter</source>
        <translation>글자를 쓰고 Enter</translation>
    </message>
    <message>
        <source>The picture could not be written there</source>
        <translation>그곳에 그림을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Save the view as a picture</source>
        <translation>화면을 그림으로 저장</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>그림</translation>
    </message>
    <message>
        <source>The picture was saved</source>
        <translation>그림을 저장했습니다</translation>
    </message>
    <message>
        <source>Mark key images first (Ins)</source>
        <translation>먼저 핵심 영상을 표시하세요 (Ins)</translation>
    </message>
    <message>
        <source>Images of another person are not attached</source>
        <translation>다른 사람의 영상은 첨부하지 않습니다</translation>
    </message>
    <message>
        <source>There is no open draft of this patient</source>
        <translation>이 환자의 열린 초안이 없습니다</translation>
    </message>
    <message>
        <source>Key image: series %1, image %2</source>
        <translation>핵심 영상: 시리즈 %1, 영상 %2</translation>
    </message>
    <message>
        <source>The key images were not attached</source>
        <translation>핵심 영상을 첨부하지 못했습니다</translation>
    </message>
    <message>
        <source>Key images in the draft: %1</source>
        <translation>초안에 넣은 핵심 영상: %1</translation>
    </message>
    <message>
        <source>A print for reference, not for diagnosis.</source>
        <translation>참고용 인쇄입니다. 진단용이 아닙니다.</translation>
    </message>
    <message>
        <source>No planes can be cut from this series</source>
        <translation>이 시리즈로는 단면을 만들 수 없습니다</translation>
    </message>
    <message>
        <source>This study holds no image that can be shown</source>
        <translation>이 검사에는 보여 줄 수 있는 영상이 없습니다</translation>
    </message>
    <message>
        <source>Earlier %1</source>
        <translation>과거 %1</translation>
    </message>
    <message>
        <source>Current %1</source>
        <translation>현재 %1</translation>
    </message>
    <message>
        <source>birth date</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>sex</source>
        <translation>성별</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>number</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>These images are of another person: %1. Different: %2. Do not use them for this patient.</source>
        <translation>다른 사람의 영상입니다: %1. 다른 점: %2. 이 환자에게 쓰지 마세요.</translation>
    </message>
    <message>
        <source>The images do not say enough to tell whose they are. Compare before you use them.</source>
        <translation>영상만으로는 누구의 것인지 알 수 없습니다. 쓰기 전에 확인하세요.</translation>
    </message>
    <message>
        <source>★ key image</source>
        <translation>★ 핵심 영상</translation>
    </message>
    <message>
        <source>Measurements not saved: %1</source>
        <translation>저장 안 된 측정 %1</translation>
    </message>
    <message>
        <source>Key images: %1</source>
        <translation>핵심 영상 %1</translation>
    </message>
    <message>
        <source>Folder or disc with images</source>
        <translation>영상이 든 폴더나 CD</translation>
    </message>
    <message>
        <source>Images of a folder are only looked at; measurements on them are not kept</source>
        <translation>폴더의 영상은 보기만 합니다. 측정은 저장하지 않습니다</translation>
    </message>
    <message>
        <source>The measurements could not be saved</source>
        <translation>측정을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>This length cannot be used</source>
        <translation>이 길이는 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>stopped on request</source>
        <translation>요청에 따라 중지함</translation>
    </message>
    <message>
        <source>ZIP file with images</source>
        <translation>영상이 든 ZIP 파일</translation>
    </message>
    <message>
        <source>ZIP files</source>
        <translation>ZIP 파일</translation>
    </message>
    <message>
        <source>The images could not be taken in</source>
        <translation>영상을 가져오지 못했습니다</translation>
    </message>
    <message>
        <source>Taking in the images</source>
        <translation>영상을 가져오는 중</translation>
    </message>
    <message>
        <source>There are no images in it</source>
        <translation>영상이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>The key images are named in the draft, but do not go with it: %1</source>
        <translation>핵심 영상은 작성 중인 문서에 이름만 적혔고 함께 보내지지 않습니다: %1</translation>
    </message>
    <message>
        <source>Key images attached: %1</source>
        <translation>첨부한 핵심 영상: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) taken in</source>
        <translation>
            <numerusform>영상 %n장을 가져왔습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were here already</source>
        <translation>
            <numerusform>%n장은 이미 있습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are no images</source>
        <translation>
            <numerusform>%n개 파일은 영상이 아닙니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be taken in</source>
        <translation>
            <numerusform>%n개는 가져오지 못했습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>These key images are attached already</source>
        <translation>이미 첨부한 핵심 영상입니다</translation>
    </message>
    <message>
        <source>No image archive is set up</source>
        <translation>설정된 영상 저장소가 없습니다</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Send to %1</source>
        <translation>%1(으)로 보내기</translation>
    </message>
    <message>
        <source>The images were not sent to %1</source>
        <translation>영상을 %1(으)로 보내지 못했습니다</translation>
    </message>
    <message>
        <source>Sending the images</source>
        <translation>영상 보내는 중</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) sent to %1</source>
        <translation>
            <numerusform>%1에 영상 %n장을 보냈습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 images were sent to %3</source>
        <translation>%3에 영상 %2장 중 %1장을 보냈습니다</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>다시</translation>
    </message>
    <message>
        <source>Into this chart all the same</source>
        <translation>그래도 이 차트에 넣기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Only %1 of %2 images are here</source>
        <translation>영상 %2장 중 %1장만 받았습니다</translation>
    </message>
    <message>
        <source>%1 / %2 arrived</source>
        <translation>%1 / %2장 받음</translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s) of this study have arrived</source>
        <translation>
            <numerusform>이 검사의 영상 %n장이 더 왔습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Cut the planes again</source>
        <translation>단면 다시 만들기</translation>
    </message>
    <message>
        <source>Images of a folder are only looked at; take them in first</source>
        <translation>폴더의 영상은 보기만 합니다. 먼저 가져오세요</translation>
    </message>
    <message>
        <source>How the series is shown was kept</source>
        <translation>보이는 상태를 저장했습니다</translation>
    </message>
    <message>
        <source>It could not be kept</source>
        <translation>저장하지 못했습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n of them without their compression, which it does not take; no pixel was changed</source>
        <translation>
            <numerusform>그 가운데 %n장은 저장소가 받지 않는 압축을 풀어 보냈습니다. 픽셀 값은 그대로입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 studies hang like this from now on</source>
        <translation>%1 검사를 이제부터 이 배치로 엽니다</translation>
    </message>
    <message>
        <source>%1 studies hang as they did at first</source>
        <translation>%1 검사를 처음 배치로 엽니다</translation>
    </message>
    <message>
        <source>Nothing was given out</source>
        <translation>내보내지 않았습니다</translation>
    </message>
    <message>
        <source>Save the study</source>
        <translation>검사 저장</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) of the study saved, with the patient&apos;s name in them</source>
        <translation>
            <numerusform>검사 영상 %n장을 저장했습니다. 환자 이름이 들어 있습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>The images were not saved</source>
        <translation>영상을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Saving the study</source>
        <translation>검사 저장 중</translation>
    </message>
    <message>
        <source>1 cm on this paper is %1 cm</source>
        <translation>이 종이의 1 cm = 실제 %1 cm</translation>
    </message>
    <message>
        <source>The view could not be printed</source>
        <translation>화면을 인쇄하지 못했습니다</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>외 %1건</translation>
    </message>
    <message>
        <source>%1 of %2 files could not be read: %3</source>
        <translation>파일 %2개 가운데 %1개를 읽지 못했습니다: %3</translation>
    </message>
    <message>
        <source>The key images could not be saved</source>
        <translation>핵심 영상을 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Key images not saved</source>
        <translation>저장 안 된 핵심 영상 표시</translation>
    </message>
    <message>
        <source>Images of another person: %1</source>
        <translation>다른 사람의 영상: %1</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 images are here</source>
        <translation>중지했습니다. 영상 %2장 중 %1장이 있습니다</translation>
    </message>
    <message>
        <source>Fetch the rest</source>
        <translation>나머지 가져오기</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Show in view %1</source>
        <translation>화면 %1에 표시</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더보기</translation>
    </message>
    <message>
        <source>Stopped before it was known whether more images of this study are there</source>
        <translation>이 검사의 영상이 더 있는지 확인하기 전에 중지했습니다</translation>
    </message>
    <message>
        <source>There are no images here</source>
        <translation>여기에는 영상이 없습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::ImagingToolBar</name>
    <message>
        <source>Layout</source>
        <translation>배치</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Cine</source>
        <translation>시네</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>첨부</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더보기</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>By kind of study</source>
        <translation>검사 종류에 맞게</translation>
    </message>
    <message>
        <source>Reformatted planes (MPR)</source>
        <translation>재구성 단면 (MPR)</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상</translation>
    </message>
    <message>
        <source>Thin</source>
        <translation>얇게</translation>
    </message>
    <message>
        <source>Maximum (MIP)</source>
        <translation>최댓값 (MIP)</translation>
    </message>
    <message>
        <source>Minimum (MinIP)</source>
        <translation>최솟값 (MinIP)</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Of the image</source>
        <translation>영상의 값</translation>
    </message>
    <message>
        <source>Remember this layout for %1</source>
        <translation>이 배치를 %1에 기억</translation>
    </message>
    <message>
        <source>Forget the layout remembered for %1</source>
        <translation>%1 배치를 처음대로</translation>
    </message>
    <message>
        <source>Measure and annotate</source>
        <translation>측정·주석</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>보이기</translation>
    </message>
    <message>
        <source>Size and direction</source>
        <translation>크기·방향</translation>
    </message>
    <message>
        <source>Planes</source>
        <translation>단면 (MPR)</translation>
    </message>
    <message>
        <source>Save, print, send</source>
        <translation>저장·인쇄·보내기</translation>
    </message>
    <message>
        <source>Open and take in</source>
        <translation>열기·가져오기</translation>
    </message>
    <message>
        <source>More, chosen: %1</source>
        <translation>더보기, 고른 도구: %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::ImportReportView</name>
    <message>
        <source>List of the report</source>
        <translation>보고서 목록</translation>
    </message>
    <message>
        <source>Save as a table</source>
        <translation>표로 저장</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>시트</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>열</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>잘못된 점</translation>
    </message>
    <message>
        <source>Rows with a problem</source>
        <translation>문제가 있는 행</translation>
    </message>
    <message>
        <source>Every row could be used</source>
        <translation>모든 행을 쓸 수 있었습니다</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>의사</translation>
    </message>
    <message>
        <source>Code before</source>
        <translation>이전 코드</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Use instead</source>
        <translation>대신 쓸 코드</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>구분</translation>
    </message>
    <message>
        <source>Favourites whose code is gone</source>
        <translation>코드가 없어진 즐겨찾기</translation>
    </message>
    <message>
        <source>No favourite is touched</source>
        <translation>영향받은 즐겨찾기가 없습니다</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Codes that are gone</source>
        <translation>없어진 코드</translation>
    </message>
    <message>
        <source>No code is gone</source>
        <translation>없어진 코드가 없습니다</translation>
    </message>
    <message>
        <source>Last import: %1 %2</source>
        <translation>마지막 가져오기: %1 %2</translation>
    </message>
    <message>
        <source>%1 rows read, %2 codes kept, %3 synonyms, %4 led to another code, %5 passed over, %6 refused (%7)</source>
        <translation>%1행 읽음, 코드 %2개 담음, 동의어 %3, 다른 코드로 넘김 %4, 건너뜀 %5, 거절 %6 (%7)</translation>
    </message>
    <message>
        <source>Against the release before: %1 added, %2 removed, %3 renamed, %4 retired</source>
        <translation>이전 판과 견주어: 늘어남 %1, 없어짐 %2, 이름 바뀜 %3, 폐지 %4</translation>
    </message>
    <message>
        <source>Favourites touched (%1)</source>
        <translation>영향받은 즐겨찾기 (%1)</translation>
    </message>
    <message>
        <source>Rows with a problem (%1)</source>
        <translation>문제가 있는 행 (%1)</translation>
    </message>
    <message>
        <source>Codes that are gone (%1)</source>
        <translation>없어진 코드 (%1)</translation>
    </message>
    <message>
        <source>none named</source>
        <translation>원본에 없음</translation>
    </message>
    <message>
        <source>%1 (moved there)</source>
        <translation>%1 (옮김)</translation>
    </message>
    <message>
        <source>★ favourite</source>
        <translation>★ 즐겨찾기</translation>
    </message>
    <message>
        <source>used before</source>
        <translation>쓰던 코드</translation>
    </message>
    <message>
        <source>The table could not be saved</source>
        <translation>표를 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>저장했습니다: %1</translation>
    </message>
    <message>
        <source>Tables (*.tsv)</source>
        <translation>표 (*.tsv)</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Not taken over: %1</source>
        <translation>가져오지 않음: %1</translation>
    </message>
    <message>
        <source>%1 rows read, %2 of them usable, %3 passed over, %4 refused</source>
        <translation>읽은 행 %1, 쓸 수 있는 행 %2, 지나친 행 %3, 거절한 행 %4</translation>
    </message>
    <message>
        <source>The list was copied</source>
        <translation>목록을 복사했습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::InstitutionSource</name>
    <message>
        <source>● exchange</source>
        <translation>● 진료정보교류</translation>
    </message>
    <message>
        <source>not on the exchange</source>
        <translation>교류 안 됨</translation>
    </message>
</context>
<context>
    <name>naru::ui::JobLine</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>naru::ui::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
</context>
<context>
    <name>naru::ui::LockPage</name>
    <message>
        <source>Locked</source>
        <translation>잠겨 있습니다</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation>열기 (Enter)</translation>
    </message>
    <message>
        <source>Drafts are saved. Sending goes on.</source>
        <translation>초안은 저장되어 있습니다. 전송은 계속됩니다.</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>비밀번호를 입력하세요</translation>
    </message>
    <message>
        <source>It stays locked</source>
        <translation>열지 못했습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::MainWindow</name>
    <message>
        <source>Tabs</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>User %1: settings</source>
        <translation>사용자 %1: 설정</translation>
    </message>
    <message>
        <source>Lock Ctrl+L</source>
        <translation>잠금 Ctrl+L</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>잠금</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>잠겨 있습니다</translation>
    </message>
    <message>
        <source>Naru</source>
        <translation>나루</translation>
    </message>
    <message>
        <source>This screen is not part of this installation</source>
        <translation>이 설치에는 없는 화면입니다</translation>
    </message>
    <message>
        <source>A request for another patient (%1) has arrived</source>
        <translation>다른 환자 (%1) 요청이 왔습니다</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>This key has nothing to do on this screen just now</source>
        <translation>지금 이 화면에서 이 키로 할 일이 없습니다</translation>
    </message>
    <message>
        <source>&amp;New document</source>
        <translation>새 문서(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Save now</source>
        <translation>지금 저장(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Print</source>
        <translation>인쇄(&amp;P)</translation>
    </message>
    <message>
        <source>Se&amp;ttings</source>
        <translation>설정(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>잠금(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Close tab (a draft stays)</source>
        <translation>탭 닫기, 초안은 남음(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>찾기(&amp;F)</translation>
    </message>
    <message>
        <source>Find ne&amp;xt</source>
        <translation>다음 찾기(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Home</source>
        <translation>홈(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Outbox</source>
        <translation>전송함(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>새로고침(&amp;R)</translation>
    </message>
    <message>
        <source>O&amp;ther view</source>
        <translation>다른 보기(&amp;T)</translation>
    </message>
    <message>
        <source>Next p&amp;ane</source>
        <translation>다음 칸(&amp;A)</translation>
    </message>
    <message>
        <source>Pre&amp;vious pane</source>
        <translation>이전 칸(&amp;V)</translation>
    </message>
    <message>
        <source>Next ta&amp;b</source>
        <translation>다음 탭(&amp;B)</translation>
    </message>
    <message>
        <source>Previous tab</source>
        <translation>이전 탭</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>크게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>작게(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>Light colours</source>
        <translation>밝은 화면</translation>
    </message>
    <message>
        <source>Dark colours</source>
        <translation>어두운 화면</translation>
    </message>
    <message>
        <source>Colours of the desktop</source>
        <translation>바탕 화면 설정대로</translation>
    </message>
    <message>
        <source>&amp;Find a patient</source>
        <translation>환자 찾기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Overview of this patient</source>
        <translation>이 환자 개요(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Ask other institutions</source>
        <translation>외부 문서 조회(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Consent of this patient</source>
        <translation>이 환자의 동의(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Main act of the screen</source>
        <translation>이 화면의 주 동작(&amp;M)</translation>
    </message>
    <message>
        <source>Next &amp;gap, error or difference</source>
        <translation>다음 빈칸·오류·차이(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Approve and go on</source>
        <translation>확인하고 다음(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>단축키(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Patients, documents, commands</source>
        <translation>환자·문서·명령 찾기(&amp;P)</translation>
    </message>
    <message>
        <source>New: %1</source>
        <translation>새로: %1</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Patient</source>
        <translation>환자(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Document</source>
        <translation>문서(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Open a patient first, then Ctrl+N</source>
        <translation>환자를 먼저 연 뒤 Ctrl+N을 누르세요</translation>
    </message>
    <message>
        <source>The hand-over of the EMR could not be taken</source>
        <translation>EMR에서 넘겨받지 못했습니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>naru::ui::MeasurementList</name>
    <message>
        <source>Measurements</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>What</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Nothing measured</source>
        <translation>측정이 없습니다</translation>
    </message>
    <message>
        <source>Calibration: %1</source>
        <translation>보정: %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::MessageStrip</name>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>진단 복사</translation>
    </message>
</context>
<context>
    <name>naru::ui::NoImages</name>
    <message>
        <source>This chart has no images yet</source>
        <translation>이 차트에는 아직 영상이 없습니다</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Other institutions</source>
        <translation>외부 조회</translation>
    </message>
    <message>
        <source>What hospitals have shared of this patient</source>
        <translation>병원들이 공유한 이 환자의 영상</translation>
    </message>
    <message>
        <source>From the clinic&apos;s own archive, or one that is linked</source>
        <translation>의원 저장소(PACS)나 연결된 저장소에서</translation>
    </message>
    <message>
        <source>Only look; nothing is kept</source>
        <translation>보기만 하고 저장하지 않습니다</translation>
    </message>
    <message>
        <source>Everything on it goes into this chart</source>
        <translation>들어 있는 영상을 모두 이 차트에 넣습니다</translation>
    </message>
    <message>
        <source>What came in and was nobody&apos;s here</source>
        <translation>들어왔지만 환자를 알 수 없던 영상</translation>
    </message>
    <message>
        <source>The same of a file</source>
        <translation>파일 하나로 된 영상 묶음에서</translation>
    </message>
</context>
<context>
    <name>naru::ui::OutboxPage</name>
    <message>
        <source>Outbox</source>
        <translation>전송함</translation>
    </message>
    <message>
        <source>Find in the outbox</source>
        <translation>전송함에서 찾기</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Patient → institution</source>
        <translation>환자 → 기관</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>진료정보교류</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>시도</translation>
    </message>
    <message>
        <source>There is nothing to send</source>
        <translation>보낼 것이 없습니다</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>어디</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>시도 기록</translation>
    </message>
    <message>
        <source>No attempt yet</source>
        <translation>아직 시도 없음</translation>
    </message>
    <message>
        <source>Take back (Delete)</source>
        <translation>되돌리기 (Delete)</translation>
    </message>
    <message>
        <source>Open the document</source>
        <translation>문서 열기</translation>
    </message>
    <message>
        <source>Try now (Ctrl+Enter)</source>
        <translation>지금 다시 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>확인 중</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Repeats by itself · next %1</source>
        <translation>자동 재시도 켜짐 · 다음 %1</translation>
    </message>
    <message>
        <source>Will be sent in order when connected</source>
        <translation>연결되면 순서대로 보냅니다</translation>
    </message>
    <message>
        <source>Repeats by itself</source>
        <translation>자동 재시도 켜짐</translation>
    </message>
    <message>
        <source>Written and sealed</source>
        <translation>작성·봉인</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>저장소 등록</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>회송 도착</translation>
    </message>
    <message>
        <source>It was rejected: %1 (%2). To do: %3</source>
        <translation>거절되었습니다: %1 (%2). 할 일: %3</translation>
    </message>
    <message>
        <source>%1 items have the same cause</source>
        <translation>같은 원인 %1건</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>다시 보내기</translation>
    </message>
    <message>
        <source>Endpoint test</source>
        <translation>연결 검사</translation>
    </message>
    <message>
        <source>End it here</source>
        <translation>여기서 끝내기</translation>
    </message>
    <message>
        <source>Can still be taken back until %1</source>
        <translation>%1까지 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Not sent yet: %1. It is tried again by itself</source>
        <translation>아직 보내지 못했습니다: %1. 자동으로 다시 시도합니다</translation>
    </message>
    <message>
        <source>It could not be sent again</source>
        <translation>다시 보내지 못했습니다</translation>
    </message>
    <message>
        <source>It is tried again now</source>
        <translation>지금 다시 시도합니다</translation>
    </message>
    <message>
        <source>It could not be taken back</source>
        <translation>되돌리지 못했습니다</translation>
    </message>
    <message>
        <source>Taken back; the draft can be edited again</source>
        <translation>되돌렸습니다. 초안을 다시 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>ended by the user</source>
        <translation>사용자가 끝냄</translation>
    </message>
    <message>
        <source>It could not be ended</source>
        <translation>끝내지 못했습니다</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>지금 다시</translation>
    </message>
    <message>
        <source>Take back while it is held</source>
        <translation>취소 가능한 동안 되돌리기</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>거르기</translation>
    </message>
    <message>
        <source>Next item that needs something</source>
        <translation>손볼 다음 항목</translation>
    </message>
    <message>
        <source>Can still be taken back</source>
        <translation>되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>%1 / %2 images</source>
        <translation>%1 / %2장</translation>
    </message>
    <message>
        <source>no clear answer</source>
        <translation>응답 불명확</translation>
    </message>
    <message>
        <source>There was no clear answer. It is looked up by its own number before anything is sent again; a second copy is never sent blindly</source>
        <translation>분명한 응답을 받지 못했습니다. 문서 번호로 등록 여부를 먼저 확인하며, 확인 없이 두 번 보내지 않습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::PaperForm</name>
    <message>
        <source>The paper form was not printed</source>
        <translation>종이 서식을 인쇄하지 못했습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::PaperView</name>
    <message>
        <source>Document, page %1 of %2</source>
        <translation>문서, 전체 %2쪽 중 %1쪽</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>불러오는 중 …</translation>
    </message>
</context>
<context>
    <name>naru::ui::PasswordEdit</name>
    <message>
        <source>Hangul was typed: is the keyboard in Korean mode?</source>
        <translation>한글이 입력되었습니다. 한/영 상태를 확인하세요</translation>
    </message>
    <message>
        <source>Capitals only: is Caps Lock on?</source>
        <translation>대문자만 입력되었습니다. Caps Lock을 확인하세요</translation>
    </message>
</context>
<context>
    <name>naru::ui::PatientPage</name>
    <message>
        <source>Ask other institutions</source>
        <translation>외부 문서 조회</translation>
    </message>
    <message>
        <source>New ones only</source>
        <translation>새 것만</translation>
    </message>
    <message>
        <source>New document (Ctrl+N)</source>
        <translation>새 문서 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Ask other institutions (Ctrl+Shift+F)</source>
        <translation>외부 문서 조회 (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>Consent (F12)</source>
        <translation>동의 (F12)</translation>
    </message>
    <message>
        <source>New documents since the last look: %1</source>
        <translation>마지막으로 본 뒤 새 문서 %1</translation>
    </message>
    <message>
        <source>No new documents</source>
        <translation>새 문서 없음</translation>
    </message>
    <message>
        <source>There is no document of this patient here; only what the EMR handed over</source>
        <translation>이 환자의 문서가 없습니다 – EMR 정보만 있습니다</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Part of the record</source>
        <translation>기록의 구역</translation>
    </message>
    <message>
        <source>Open the source document</source>
        <translation>출처 문서 열기</translation>
    </message>
    <message>
        <source>Next conflict or possible duplicate</source>
        <translation>다음 불일치·중복 의심</translation>
    </message>
    <message>
        <source>Time line or record</source>
        <translation>시간축 또는 기록</translation>
    </message>
    <message>
        <source>Images (Alt+7)</source>
        <translation>영상 (Alt+7)</translation>
    </message>
    <message>
        <source>Images: %1 (Alt+7)</source>
        <translation>영상 %1건 (Alt+7)</translation>
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
        <translation>끝까지 읽으시면 선택할 수 있습니다.</translation>
    </message>
    <message>
        <source>I agree</source>
        <translation>동의합니다</translation>
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
        <translation>여기에 서명해 주세요</translation>
    </message>
    <message>
        <source>Please choose for each line.</source>
        <translation>항목마다 선택해 주세요.</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>서명</translation>
    </message>
    <message>
        <source>I withdraw: %1</source>
        <translation>철회: %1</translation>
    </message>
    <message>
        <source>I agree to: %1</source>
        <translation>동의: %1</translation>
    </message>
    <message>
        <source>Sign and finish</source>
        <translation>서명하고 마침</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Thank you. Please give the pen back.</source>
        <translation>감사합니다. 펜을 돌려주세요.</translation>
    </message>
    <message>
        <source>%1 of %2 texts read</source>
        <translation>%1 / %2 문서 읽음</translation>
    </message>
    <message>
        <source>waiting for the signature</source>
        <translation>서명 기다리는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::PatientsPage</name>
    <message>
        <source>File of the EMR… (Alt+4)</source>
        <translation>EMR 파일… (Alt+4)</translation>
    </message>
    <message>
        <source>Hand-over file of the EMR</source>
        <translation>EMR에서 넘긴 파일</translation>
    </message>
    <message>
        <source>Hand-over files (*.json *.hl7 *.csv *.xml *.txt)</source>
        <translation>EMR에서 넘긴 파일 (*.json *.hl7 *.csv *.xml *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>The hand-over of the EMR could not be taken</source>
        <translation>EMR에서 넘겨받지 못했습니다</translation>
    </message>
    <message>
        <source>Name, initial consonants, birth date or chart number</source>
        <translation>이름, 초성, 생년월일, 차트번호</translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation>열기 (Enter)</translation>
    </message>
    <message>
        <source>Find on the exchange (Alt+2)</source>
        <translation>교류에서 찾기 (Alt+2)</translation>
    </message>
    <message>
        <source>New patient (Alt+3)</source>
        <translation>새 환자 (Alt+3)</translation>
    </message>
    <message>
        <source>Identify on the exchange</source>
        <translation>교류에서 확인</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>성별</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>Chart number</source>
        <translation>차트번호</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>진료정보교류</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>마지막 변경</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>환자 목록</translation>
    </message>
    <message>
        <source>No patient of this clinic matches</source>
        <translation>맞는 환자가 우리 의원에 없습니다</translation>
    </message>
    <message>
        <source>Patients the exchange knows</source>
        <translation>교류에 있는 환자</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>전화</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>일치</translation>
    </message>
    <message>
        <source>The exchange knows nobody like this</source>
        <translation>교류에 이런 환자가 없습니다</translation>
    </message>
    <message>
        <source>New patient</source>
        <translation>새 환자</translation>
    </message>
    <message>
        <source>Name *</source>
        <translation>성명 *</translation>
    </message>
    <message>
        <source>Sex *</source>
        <translation>성별 *</translation>
    </message>
    <message>
        <source>Born *</source>
        <translation>생년월일 *</translation>
    </message>
    <message>
        <source>Chart number *</source>
        <translation>차트번호 *</translation>
    </message>
    <message>
        <source>Save and open</source>
        <translation>저장하고 열기</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>known</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <source>not identified yet</source>
        <translation>아직 확인 안 됨</translation>
    </message>
    <message>
        <source>Type a name and, if known, the birth date (홍길동 1961-03-02), then ask again</source>
        <translation>이름과, 알면 생년월일도 적은 뒤 다시 물으세요 (홍길동 1961-03-02)</translation>
    </message>
    <message>
        <source>The exchange could not be asked</source>
        <translation>교류에 묻지 못했습니다</translation>
    </message>
    <message>
        <source>Asking the exchange</source>
        <translation>교류에 묻는 중</translation>
    </message>
    <message>
        <source>Patients the exchange knows (%1): Enter takes one over</source>
        <translation>교류에 있는 환자 %1명: Enter로 가져오기</translation>
    </message>
    <message>
        <source>name</source>
        <translation>성명</translation>
    </message>
    <message>
        <source>birth date (1961-03-02)</source>
        <translation>생년월일 (1961-03-02)</translation>
    </message>
    <message>
        <source>chart number</source>
        <translation>차트번호</translation>
    </message>
    <message>
        <source>Still missing: %1</source>
        <translation>아직 없는 것: %1</translation>
    </message>
    <message>
        <source>The patient could not be saved</source>
        <translation>환자를 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>The exchange knows this patient</source>
        <translation>교류에서 이 환자를 확인했습니다</translation>
    </message>
    <message>
        <source>The patient could not be identified</source>
        <translation>환자를 확인하지 못했습니다</translation>
    </message>
    <message>
        <source>Find a patient</source>
        <translation>환자 찾기</translation>
    </message>
    <message>
        <source>Open the patient</source>
        <translation>환자 열기</translation>
    </message>
    <message>
        <source>Find on the exchange</source>
        <translation>교류에서 찾기</translation>
    </message>
</context>
<context>
    <name>naru::ui::PickerChips</name>
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
    <message>
        <source>Alt+Up and Alt+Down change the order</source>
        <translation>Alt+↑ Alt+↓로 순서를 바꿉니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::PickerList</name>
    <message>
        <source>Matches</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Alt+← left, Alt+→ right, both for both sides</source>
        <translation>Alt+← 왼쪽  Alt+→ 오른쪽  둘 다 누르면 양쪽</translation>
    </message>
</context>
<context>
    <name>naru::ui::PickerWords</name>
    <message>
        <source>no such code</source>
        <translation>없는 코드</translation>
    </message>
    <message>
        <source>deleted code</source>
        <translation>삭제된 코드</translation>
    </message>
    <message>
        <source>not as main diagnosis</source>
        <translation>주상병 불가</translation>
    </message>
    <message>
        <source>does not fit sex and age</source>
        <translation>성별·연령 불일치</translation>
    </message>
    <message>
        <source>does not fit the sex</source>
        <translation>성별 불일치</translation>
    </message>
    <message>
        <source>does not fit the age</source>
        <translation>연령 불일치</translation>
    </message>
    <message>
        <source>notifiable disease</source>
        <translation>법정감염병</translation>
    </message>
    <message>
        <source>this patient</source>
        <translation>이 환자</translation>
    </message>
    <message numerus="yes">
        <source>used %n time(s)</source>
        <translation>
            <numerusform>%n회 씀</numerusform>
        </translation>
    </message>
    <message>
        <source>recent</source>
        <translation>최근</translation>
    </message>
    <message>
        <source>only similar</source>
        <translation>이름만 비슷함</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message numerus="yes">
        <source>%n code(s) below</source>
        <translation>
            <numerusform>하위 코드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>both sides</source>
        <translation>양쪽</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>경증</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>중등도</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>중증</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>쪽</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>부위</translation>
    </message>
    <message>
        <source>Wound</source>
        <translation>개방 여부</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>중증도</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>경과</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>incomplete code, not for claims</source>
        <translation>불완전코드, 청구 불가</translation>
    </message>
</context>
<context>
    <name>naru::ui::PlaneProvider</name>
    <message>
        <source>Axial (reformatted)</source>
        <translation>축상 (재구성)</translation>
    </message>
    <message>
        <source>Coronal (reformatted)</source>
        <translation>관상 (재구성)</translation>
    </message>
    <message>
        <source>Sagittal (reformatted)</source>
        <translation>시상 (재구성)</translation>
    </message>
    <message>
        <source>Oblique (reformatted)</source>
        <translation>사선 (재구성)</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
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
    <name>naru::ui::PrintDocument</name>
    <message>
        <source>The document was not printed</source>
        <translation>문서를 인쇄하지 못했습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::ProgrammeList</name>
    <message>
        <source>Programme</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>State and what to do</source>
        <translation>상태와 할 일</translation>
    </message>
</context>
<context>
    <name>naru::ui::QueryBar</name>
    <message>
        <source>Archive</source>
        <translation>저장소</translation>
    </message>
    <message>
        <source>Patient number</source>
        <translation>환자번호</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>Study from</source>
        <translation>검사일부터</translation>
    </message>
    <message>
        <source>Study to</source>
        <translation>검사일까지</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>Search (F5)</source>
        <translation>찾기 (F5)</translation>
    </message>
    <message>
        <source>any</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>%1: write the date as 2026-11-20</source>
        <translation>%1: 날짜를 2026-11-20처럼 적으세요</translation>
    </message>
    <message>
        <source>The first day is after the last</source>
        <translation>시작일이 종료일보다 늦습니다</translation>
    </message>
    <message>
        <source>Say whose studies: number, name or date of birth</source>
        <translation>누구의 검사인지 적으세요: 번호, 이름 또는 생년월일</translation>
    </message>
    <message>
        <source>By name and date of birth</source>
        <translation>이름과 생년월일로 찾기</translation>
    </message>
    <message>
        <source>By date of birth alone</source>
        <translation>생년월일로만 찾기</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReaderHead</name>
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
        <source>Show the images</source>
        <translation>영상 보기</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReaderPage</name>
    <message>
        <source>The images could not be fetched</source>
        <translation>영상을 가져오지 못했습니다</translation>
    </message>
    <message>
        <source>The document&apos;s raw text</source>
        <translation>문서의 원문 글</translation>
    </message>
    <message>
        <source>Keep the original document</source>
        <translation>원본 문서 보관</translation>
    </message>
    <message>
        <source>The document could not be opened</source>
        <translation>문서를 열지 못했습니다</translation>
    </message>
    <message>
        <source>This document cannot be read; its raw text is below</source>
        <translation>읽을 수 없는 문서입니다. 원문 글이 아래에 있습니다</translation>
    </message>
    <message>
        <source>Unreadable document</source>
        <translation>읽을 수 없는 문서</translation>
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
        <translation>원본을 그대로 보관했습니다.</translation>
    </message>
    <message>
        <source>The earlier version is not here to compare with</source>
        <translation>비교할 이전 판이 여기에 없습니다</translation>
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
        <translation>줄을 글로 복사</translation>
    </message>
    <message>
        <source>copy the row as code</source>
        <translation>줄을 코드로 복사</translation>
    </message>
    <message>
        <source>Coded values</source>
        <translation>코드값</translation>
    </message>
    <message>
        <source>These are images (%1). The viewer shows them as they arrive</source>
        <translation>영상(%1) 문서입니다. 도착하는 대로 영상 보기에 나옵니다</translation>
    </message>
    <message>
        <source>Show the images</source>
        <translation>영상 보기</translation>
    </message>
    <message>
        <source>Images %1</source>
        <translation>영상 %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReadingText</name>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>줄자</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>각도</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>콥 각도</translation>
    </message>
    <message>
        <source>Polyline</source>
        <translation>꺾은선</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>타원</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>사각형</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>화살표</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>글자</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>값 없음</translation>
    </message>
    <message>
        <source>no pixel with a value</source>
        <translation>값이 있는 픽셀 없음</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>평균 %1</translation>
    </message>
    <message>
        <source>SD %1</source>
        <translation>SD %1</translation>
    </message>
    <message>
        <source>min %1, max %2</source>
        <translation>최소 %1, 최대 %2</translation>
    </message>
    <message>
        <source>area %1</source>
        <translation>면적 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n pixel(s)</source>
        <translation>
            <numerusform>픽셀 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Not calibrated: pixels</source>
        <translation>보정 없음: 픽셀</translation>
    </message>
    <message>
        <source>Pixel spacing</source>
        <translation>픽셀 간격</translation>
    </message>
    <message>
        <source>Calibrated by the device</source>
        <translation>영상기 보정</translation>
    </message>
    <message>
        <source>Detector, magnification removed</source>
        <translation>검출기, 확대율 보정</translation>
    </message>
    <message>
        <source>At the detector: too large</source>
        <translation>검출기 크기: 실제보다 큼</translation>
    </message>
    <message>
        <source>Spacing of unknown kind</source>
        <translation>종류를 알 수 없는 간격</translation>
    </message>
    <message>
        <source>Ultrasound region</source>
        <translation>초음파 영역</translation>
    </message>
    <message>
        <source>by the user</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Calibration: by the user</source>
        <translation>보정: 사용자</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReceivePart</name>
    <message>
        <source>Receiving images</source>
        <translation>영상 수신</translation>
    </message>
    <message>
        <source>any free one</source>
        <translation>빈 포트 자동</translation>
    </message>
    <message>
        <source>Our AE title</source>
        <translation>우리 AE 타이틀</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>○ Off. Nothing can be sent to this computer.</source>
        <translation>○ 꺼짐. 이 컴퓨터로 영상을 보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>● On. Archives send to %1, port %2, AE title %3. Received since then: %4</source>
        <translation>● 켜짐. 저장소는 주소 %1, 포트 %2, AE 타이틀 %3(으)로 보냅니다. 켠 뒤 받은 영상: %4</translation>
    </message>
    <message>
        <source>, not stored: %1</source>
        <translation>, 저장하지 못한 영상: %1</translation>
    </message>
    <message>
        <source>, kept apart since their identifiers are taken: %1</source>
        <translation>, 식별자가 겹쳐 따로 보관: %1</translation>
    </message>
    <message>
        <source>No archive in the list may send yet.</source>
        <translation>목록에 보낼 수 있는 저장소가 아직 없습니다.</translation>
    </message>
    <message>
        <source>! Should be on, but does not run: the port may be in use.</source>
        <translation>! 켜 두었지만 동작하지 않습니다. 포트를 다른 프로그램이 쓰고 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>Stop receiving</source>
        <translation>수신 끄기</translation>
    </message>
    <message>
        <source>Receive images</source>
        <translation>수신 켜기</translation>
    </message>
    <message>
        <source>An AE title has 1 to 16 Latin letters, digits or signs</source>
        <translation>AE 타이틀은 영문자, 숫자, 기호 1–16자입니다</translation>
    </message>
    <message>
        <source>It could not be saved; the old values stay in force</source>
        <translation>저장하지 못해 이전 값을 그대로 씁니다</translation>
    </message>
    <message>
        <source>Nothing can be received</source>
        <translation>수신을 켜지 못했습니다</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>켜는 중</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>끄는 중</translation>
    </message>
    <message>
        <source>Test receiving</source>
        <translation>받기 시험</translation>
    </message>
    <message>
        <source>Images can be received like this</source>
        <translation>이 설정으로 영상을 받을 수 있습니다</translation>
    </message>
    <message>
        <source>Nothing could be received like this</source>
        <translation>이 설정으로는 받을 수 없습니다</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>검사하는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::ReceiveWays</name>
    <message>
        <source>Encrypted, with certificates on both sides (TLS)</source>
        <translation>암호화, 양쪽 인증서 사용 (TLS)</translation>
    </message>
    <message>
        <source>Our certificate (PEM file) *</source>
        <translation>우리 인증서 (PEM 파일) *</translation>
    </message>
    <message>
        <source>Our key (PEM file) *</source>
        <translation>우리 개인 키 (PEM 파일) *</translation>
    </message>
    <message>
        <source>Who may have signed theirs (PEM file) *</source>
        <translation>상대 인증서의 발급자 (PEM 파일) *</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>폴더 감시</translation>
    </message>
    <message>
        <source>Images that appear in it are taken in; the files stay where they are</source>
        <translation>폴더에 들어온 영상을 가져옵니다. 파일은 그 자리에 둡니다</translation>
    </message>
    <message>
        <source>TLS needs three PEM files that can be read; this one cannot</source>
        <translation>TLS에는 읽을 수 있는 PEM 파일 세 개가 필요합니다. 이 파일은 읽을 수 없습니다</translation>
    </message>
    <message>
        <source>Watched: %1. Press to stop watching</source>
        <translation>감시 중: %1. 누르면 감시를 그만둡니다</translation>
    </message>
    <message>
        <source>Folder to watch</source>
        <translation>감시할 폴더</translation>
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
        <translation>이름이나 초성</translation>
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
        <translation>심평원 중계 안 됨 ✕</translation>
    </message>
</context>
<context>
    <name>naru::ui::RecordView</name>
    <message>
        <source>Parts of the record</source>
        <translation>기록의 구역</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>문제</translation>
    </message>
    <message>
        <source>Medication</source>
        <translation>약물</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Allergies</source>
        <translation>알레르기</translation>
    </message>
    <message>
        <source>Procedures</source>
        <translation>처치</translation>
    </message>
    <message>
        <source>Vaccinations</source>
        <translation>접종</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>통합 기록</translation>
    </message>
    <message>
        <source>Time line %1 (F9)</source>
        <translation>시간축 %1 (F9)</translation>
    </message>
    <message>
        <source>Find in the record</source>
        <translation>기록에서 찾기</translation>
    </message>
    <message>
        <source>Find in the record (Ctrl+F)</source>
        <translation>기록에서 찾기 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>검사 항목</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>단위</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>Trend</source>
        <translation>추이</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>수</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>코드</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>비고</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Nothing is known here yet</source>
        <translation>아직 알려진 것이 없습니다</translation>
    </message>
    <message>
        <source>Ask other institutions</source>
        <translation>외부 문서 조회</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>외 %1</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 ↔ %2</translation>
    </message>
    <message>
        <source>folded %1</source>
        <translation>중복 %1</translation>
    </message>
    <message>
        <source>code %1 %2</source>
        <translation>코드 %1 %2</translation>
    </message>
    <message>
        <source>original words “%1”</source>
        <translation>원문 “%1”</translation>
    </message>
    <message>
        <source>sources: %1</source>
        <translation>출처: %1</translation>
    </message>
</context>
<context>
    <name>naru::ui::ResumeBar</name>
    <message>
        <source>Drafts to recover</source>
        <translation>복구할 초안</translation>
    </message>
    <message>
        <source>Show the difference</source>
        <translation>차이 보기</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>이어쓰기</translation>
    </message>
    <message>
        <source>Keep the last save</source>
        <translation>마지막 저장으로</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Last save</source>
        <translation>마지막 저장</translation>
    </message>
    <message>
        <source>What was being typed</source>
        <translation>쓰던 내용</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Both are the same</source>
        <translation>둘이 같습니다</translation>
    </message>
    <message>
        <source>Draft left behind: %1</source>
        <translation>초안 복구: %1</translation>
    </message>
    <message>
        <source>(and %1 more)</source>
        <translation>(외 %1건)</translation>
    </message>
    <message>
        <source>The last save was kept</source>
        <translation>마지막 저장본을 남겼습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::ScanPanel</name>
    <message>
        <source>The paper agrees to providing personal information</source>
        <translation>종이에서 개인정보 제공에 동의함</translation>
    </message>
    <message>
        <source>The paper agrees to providing health information (sensitive data)</source>
        <translation>종이에서 민감정보(건강) 제공에 동의함</translation>
    </message>
    <message>
        <source>What is ticked and signed on the paper?</source>
        <translation>종이에 무엇이 표시되고 서명되었습니까?</translation>
    </message>
</context>
<context>
    <name>naru::ui::SearchPage</name>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>상대 기관</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>작성자</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Documents found</source>
        <translation>찾은 문서</translation>
    </message>
    <message>
        <source>Nothing stored here yet. Ask to see what other institutions have.</source>
        <translation>여기에는 아직 없습니다. 조회하면 다른 기관의 문서를 보여 줍니다.</translation>
    </message>
    <message>
        <source>Ask (F5)</source>
        <translation>조회 (F5)</translation>
    </message>
    <message>
        <source>Result by institution</source>
        <translation>기관별 결과</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>What it means and what to do</source>
        <translation>뜻과 할 일</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Fetch and open (Ctrl+Enter)</source>
        <translation>가져와 열기 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>최근 1년</translation>
    </message>
    <message>
        <source>Last 2 years</source>
        <translation>최근 2년</translation>
    </message>
    <message>
        <source>Last 5 years</source>
        <translation>최근 5년</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>모든 종류</translation>
    </message>
    <message>
        <source>All institutions</source>
        <translation>모든 기관</translation>
    </message>
    <message>
        <source>Filter what was found</source>
        <translation>찾은 것 거르기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>In the list</source>
        <translation>목록에서</translation>
    </message>
    <message>
        <source>The other institutions could not be asked</source>
        <translation>다른 기관에 묻지 못했습니다</translation>
    </message>
    <message>
        <source>Obtain consent (F12)</source>
        <translation>동의 받기 (F12)</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>다시 조회</translation>
    </message>
    <message>
        <source>Asking</source>
        <translation>조회하는 중</translation>
    </message>
    <message>
        <source>Offline: the other institutions could not be asked. What is stored here is shown, as of %1</source>
        <translation>오프라인이라 묻지 못함. 여기 저장된 문서를 보여 줍니다 (기준 %1)</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>대체됨</translation>
    </message>
    <message>
        <source>%1 documents</source>
        <translation>%1건</translation>
    </message>
    <message>
        <source>There is no exchange consent of this patient → obtain it (F12)</source>
        <translation>이 환자의 교류 동의가 없습니다 → 동의 받기 (F12)</translation>
    </message>
    <message>
        <source>Does not take part in the exchange → ask by phone or fax</source>
        <translation>교류에 참여하지 않습니다 → 전화·팩스로 요청</translation>
    </message>
    <message>
        <source>Offline, so not asked; this is not the same as nothing there</source>
        <translation>오프라인이라 묻지 못함 – 없음과 다릅니다</translation>
    </message>
    <message>
        <source>Not asked</source>
        <translation>묻지 않음</translation>
    </message>
    <message>
        <source>Longer period</source>
        <translation>기간 늘리기</translation>
    </message>
    <message>
        <source>Space ticks · documents already here open at once</source>
        <translation>Space로 고르기 · 여기 있는 문서는 바로 열립니다</translation>
    </message>
    <message>
        <source>The documents could not be fetched</source>
        <translation>문서를 가져오지 못했습니다</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>가져오는 중</translation>
    </message>
    <message>
        <source>Other institutions</source>
        <translation>외부 조회</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>조회</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Tick a document</source>
        <translation>문서 고르기</translation>
    </message>
    <message>
        <source>Fetch the ticked ones and open the first</source>
        <translation>고른 문서를 가져와 첫 문서 열기</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n document(s) found is of this choice</source>
        <translation>
            <numerusform>찾은 문서 %n건 가운데 고른 조건에 맞는 것이 없습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Whether there are documents is not known; the table below says why</source>
        <translation>문서가 있는지 알 수 없습니다. 아래 표에 이유가 있습니다</translation>
    </message>
    <message>
        <source>There is no document; the table below says why for each institution</source>
        <translation>문서가 없습니다. 아래 표에 기관별 이유가 있습니다</translation>
    </message>
    <message>
        <source>No document registered for %1</source>
        <translation>%1에 등록된 문서가 없습니다</translation>
    </message>
    <message>
        <source>%1 of %2 documents could not be fetched (%3)</source>
        <translation>문서 %2건 가운데 %1건을 가져오지 못했습니다 (%3)</translation>
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
        <translation>빠짐</translation>
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
    <message>
        <source>Attachments</source>
        <translation>첨부</translation>
    </message>
</context>
<context>
    <name>naru::ui::SectionTree</name>
    <message>
        <source>Sections</source>
        <translation>구역</translation>
    </message>
    <message>
        <source>%1: text and coded values differ</source>
        <translation>%1: 본문과 코드값이 다릅니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::SectionView</name>
    <message>
        <source>Write</source>
        <translation>작성</translation>
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
        <translation>심평원 중계 항목</translation>
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
        <translation>동의 없이 보낼 수 있는 경우는 세 가지뿐입니다 (의료법 21조의2 1항). 경우, 사유, 의사가 기록됩니다.</translation>
    </message>
    <message>
        <source>Legal case</source>
        <translation>법적 사유</translation>
    </message>
    <message>
        <source>Reason in your own words</source>
        <translation>사유 (직접 적기)</translation>
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
        <translation>(받는 곳 미정)</translation>
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
        <translation>보내기 (Enter)</translation>
    </message>
    <message>
        <source>Put into the outbox (Enter)</source>
        <translation>전송함에 넣기 (Enter)</translation>
    </message>
    <message>
        <source>There is no valid consent to the exchange; it cannot be sent there yet.</source>
        <translation>유효한 교류 동의가 없어 아직 보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>Consent (F12)</source>
        <translation>동의 (F12)</translation>
    </message>
    <message>
        <source>Legal exception</source>
        <translation>법적 예외</translation>
    </message>
    <message>
        <source>Choose one of the three cases and write the reason.</source>
        <translation>세 경우 가운데 하나를 고르고 사유를 적으세요.</translation>
    </message>
    <message>
        <source>Really send without consent</source>
        <translation>동의 없이 보내기</translation>
    </message>
    <message>
        <source>This is recorded with your name and can be inspected. Confirm once more.</source>
        <translation>이름과 함께 기록되며 점검을 받을 수 있습니다. 한 번 더 확인하세요.</translation>
    </message>
    <message>
        <source>Sealing…</source>
        <translation>봉인하는 중…</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>인쇄</translation>
    </message>
    <message>
        <source>%1 series, %2 images, %3</source>
        <translation>시리즈 %1개, 영상 %2장, %3</translation>
    </message>
    <message>
        <source>%1 images when it was attached</source>
        <translation>첨부할 때는 %1장</translation>
    </message>
    <message>
        <source>Images that go along: %1</source>
        <translation>함께 보내는 영상: %1</translation>
    </message>
    <message>
        <source>! Images are still being prepared: %1 more are coming from the archive and would not go along.</source>
        <translation>! 영상을 아직 준비하고 있습니다. 저장소에서 %1장을 더 받는 중이며, 지금 보내면 빠집니다.</translation>
    </message>
    <message>
        <source>! Images are still being prepared: more are coming from the archive and would not go along.</source>
        <translation>! 영상을 아직 준비하고 있습니다. 저장소에서 더 받는 중이며, 지금 보내면 빠집니다.</translation>
    </message>
    <message>
        <source>There is a valid consent now, yet it goes under the legal exception: %1 – %2</source>
        <translation>이제 유효한 동의가 있지만 법정 예외로 보냅니다: %1 – %2</translation>
    </message>
    <message>
        <source>It goes without consent, under the legal exception: %1 – %2</source>
        <translation>동의 없이 법정 예외로 보냅니다: %1 – %2</translation>
    </message>
    <message>
        <source>Drop the exception</source>
        <translation>예외 취소</translation>
    </message>
</context>
<context>
    <name>naru::ui::SeriesList</name>
    <message>
        <source>Series</source>
        <translation>시리즈</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n장</numerusform>
        </translation>
    </message>
    <message>
        <source>Its first image cannot be shown</source>
        <translation>첫 영상을 표시할 수 없습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::SettingEditors</name>
    <message>
        <source>Colours</source>
        <translation>화면 색</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Language (from the next start)</source>
        <translation>언어 (다음 시작부터)</translation>
    </message>
    <message>
        <source>Lock after minutes without use (1-10)</source>
        <translation>자동 잠금까지 분 (1-10)</translation>
    </message>
    <message>
        <source>Notify when an answer arrives</source>
        <translation>회신 도착 알림</translation>
    </message>
    <message>
        <source>Preview beside the form</source>
        <translation>양식 옆에 미리보기</translation>
    </message>
    <message>
        <source>Years asked for in a search</source>
        <translation>조회 기간 (년)</translation>
    </message>
    <message>
        <source>Screen of the patient window</source>
        <translation>환자 화면 모니터</translation>
    </message>
    <message>
        <source>Pen width of the signature</source>
        <translation>서명 펜 굵기</translation>
    </message>
    <message>
        <source>on</source>
        <translation>켜짐</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>바탕 화면 설정대로</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>고대비, 어둡게</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>고대비, 밝게</translation>
    </message>
    <message>
        <source>It could not be saved; the old values stay in force</source>
        <translation>저장하지 못해 이전 값을 그대로 씁니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::SettingsPage</name>
    <message>
        <source>Find a setting</source>
        <translation>설정 찾기</translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>찾기 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Categories</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Clinic and doctor</source>
        <translation>의원·의사</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Screen and type</source>
        <translation>화면·글꼴</translation>
    </message>
    <message>
        <source>Security and lock</source>
        <translation>보안·잠금</translation>
    </message>
    <message>
        <source>Lock now (Ctrl+L)</source>
        <translation>지금 잠그기 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Program and diagnostics</source>
        <translation>프로그램·진단</translation>
    </message>
    <message>
        <source>Naru %1, Qt %2</source>
        <translation>나루 %1, Qt %2</translation>
    </message>
    <message>
        <source>Site profile: %1</source>
        <translation>교류 설정 파일: %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>분류</translation>
    </message>
    <message>
        <source>Endpoint test</source>
        <translation>연결 검사</translation>
    </message>
    <message>
        <source>Undo the last change</source>
        <translation>마지막 변경 취소</translation>
    </message>
    <message>
        <source>Codes and terms</source>
        <translation>용어</translation>
    </message>
    <message>
        <source>Image archives</source>
        <translation>영상 저장소</translation>
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
        <translation>보호자</translation>
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
        <translation>서명자 성명</translation>
    </message>
    <message>
        <source>Phone of the signer</source>
        <translation>서명자 전화</translation>
    </message>
    <message>
        <source>Relation *</source>
        <translation>관계 *</translation>
    </message>
    <message>
        <source>Name *</source>
        <translation>성명 *</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>전화</translation>
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
        <translation>진료정보교류</translation>
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
        <translation>아직 확인 전</translation>
    </message>
    <message>
        <source>Take back as it came</source>
        <translation>원래 값으로 되돌리기</translation>
    </message>
</context>
<context>
    <name>naru::ui::StartPage</name>
    <message>
        <source>Naru</source>
        <translation>나루</translation>
    </message>
    <message>
        <source>The first account</source>
        <translation>첫 계정 만들기</translation>
    </message>
    <message>
        <source>Open Naru</source>
        <translation>나루 열기</translation>
    </message>
    <message>
        <source>Everything stored on this computer is encrypted with this passphrase. Nobody can restore it: keep it safely.</source>
        <translation>이 컴퓨터의 모든 기록은 이 비밀번호로 암호화됩니다. 아무도 되찾아 줄 수 없으니 안전하게 보관하세요.</translation>
    </message>
    <message>
        <source>Passphrase, %1 characters or more</source>
        <translation>비밀번호 (%1자 이상)</translation>
    </message>
    <message>
        <source>Records on this computer are encrypted.</source>
        <translation>이 컴퓨터의 기록은 암호화되어 있습니다.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Passphrase again</source>
        <translation>비밀번호 다시</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>만들기</translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation>열기 (Enter)</translation>
    </message>
    <message>
        <source>Type the passphrase</source>
        <translation>비밀번호를 입력하세요</translation>
    </message>
    <message>
        <source>The two passphrases differ</source>
        <translation>두 비밀번호가 다릅니다</translation>
    </message>
    <message>
        <source>It could not be opened</source>
        <translation>열지 못했습니다</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>여는 중</translation>
    </message>
</context>
<context>
    <name>naru::ui::StatusLine</name>
    <message>
        <source>F1 keys</source>
        <translation>F1 단축키</translation>
    </message>
    <message>
        <source>Open the outbox</source>
        <translation>전송함 열기</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>온라인</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>오프라인 %1부터</translation>
    </message>
    <message>
        <source>Not connected yet</source>
        <translation>아직 연결 안 됨</translation>
    </message>
    <message>
        <source>Waiting to be sent %1</source>
        <translation>전송대기 %1</translation>
    </message>
    <message>
        <source>Zoom %1 %</source>
        <translation>확대 %1 %</translation>
    </message>
    <message>
        <source>%1 saved</source>
        <translation>%1 저장됨</translation>
    </message>
</context>
<context>
    <name>naru::ui::StudyList</name>
    <message>
        <source>Images in no chart. Enter takes a study into this patient&apos;s chart.</source>
        <translation>차트가 정해지지 않은 영상입니다. Enter를 누르면 이 환자의 차트에 넣습니다.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Birth date</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>성별</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Images in no chart</source>
        <translation>차트 없는 영상</translation>
    </message>
    <message>
        <source>There are no images without a chart</source>
        <translation>차트 없는 영상이 없습니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::StudyObjects</name>
    <message>
        <source>Back to the images (Esc)</source>
        <translation>영상으로 돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>기록</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>그 밖에 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Document (PDF)</source>
        <translation>문서 (PDF)</translation>
    </message>
    <message>
        <source>Marked areas</source>
        <translation>표시 영역</translation>
    </message>
    <message>
        <source>Key objects</source>
        <translation>핵심 영상 목록</translation>
    </message>
    <message>
        <source>Not shown: %1 (%2)</source>
        <translation>표시하지 않음: %1건 (%2)</translation>
    </message>
    <message>
        <source>The report cannot be shown</source>
        <translation>보고서를 볼 수 없습니다</translation>
    </message>
    <message>
        <source>look at the image</source>
        <translation>영상 보기</translation>
    </message>
    <message>
        <source>The recording cannot be shown</source>
        <translation>기록을 볼 수 없습니다</translation>
    </message>
    <message>
        <source>The marked areas cannot be shown</source>
        <translation>표시 영역을 볼 수 없습니다</translation>
    </message>
    <message>
        <source>These areas mark no image of this study</source>
        <translation>이 영역은 이 검사의 어느 영상에도 해당하지 않습니다</translation>
    </message>
    <message>
        <source>Save the document</source>
        <translation>문서 저장</translation>
    </message>
    <message>
        <source>The document could not be saved</source>
        <translation>문서를 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>The document could not be written there</source>
        <translation>그곳에 문서를 쓸 수 없습니다</translation>
    </message>
    <message>
        <source>The document was saved</source>
        <translation>문서를 저장했습니다</translation>
    </message>
    <message>
        <source>That image is not in this study</source>
        <translation>그 영상은 이 검사에 없습니다</translation>
    </message>
    <message>
        <source>Presentation</source>
        <translation>표시 상태</translation>
    </message>
    <message>
        <source>The presentation cannot be applied</source>
        <translation>표시 상태를 적용할 수 없습니다</translation>
    </message>
    <message>
        <source>This presentation is of no image of this study</source>
        <translation>이 표시 상태는 이 검사의 어느 영상에도 해당하지 않습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n drawing(s) of it make no sense and are left out</source>
        <translation>
            <numerusform>도형 %n개는 올바르지 않아 뺐습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>page %1 of %2</source>
        <translation>%1/%2쪽</translation>
    </message>
    <message>
        <source>Save the document …</source>
        <translation>문서 저장 …</translation>
    </message>
</context>
<context>
    <name>naru::ui::TabFrame</name>
    <message>
        <source>Pages of this patient</source>
        <translation>이 환자의 화면</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Other institutions</source>
        <translation>외부 조회</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>동의</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Ctrl+%2)</translation>
    </message>
    <message>
        <source>Pages %1</source>
        <translation>화면 %1</translation>
    </message>
    <message>
        <source>All pages of this patient: %1</source>
        <translation>이 환자의 모든 화면: %1</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상</translation>
    </message>
</context>
<context>
    <name>naru::ui::TermRows</name>
    <message>
        <source>men</source>
        <translation>남성</translation>
    </message>
    <message>
        <source>women</source>
        <translation>여성</translation>
    </message>
    <message>
        <source>aged %1 to %2</source>
        <translation>%1-%2세</translation>
    </message>
    <message>
        <source>aged %1 or less</source>
        <translation>%1세 이하</translation>
    </message>
    <message>
        <source>aged %1 or more</source>
        <translation>%1세 이상</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>한글</translation>
    </message>
    <message>
        <source>English</source>
        <translation>영문</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>다른 이름</translation>
    </message>
    <message>
        <source>Other systems</source>
        <translation>다른 체계</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>쓰임</translation>
    </message>
    <message>
        <source>For</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>유효</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>판</translation>
    </message>
    <message>
        <source>starter terms, not an official list</source>
        <translation>기본 용어 (공식 목록이 아님)</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>삭제된 코드</translation>
    </message>
    <message>
        <source>deleted, use %1</source>
        <translation>삭제된 코드, %1 사용</translation>
    </message>
    <message numerus="yes">
        <source>incomplete: one of the %n code(s) below</source>
        <translation>
            <numerusform>불완전코드: 아래 코드 %n개 중에서 고르기</numerusform>
        </translation>
    </message>
    <message>
        <source>incomplete: needs one more character</source>
        <translation>불완전코드: 한 자리 더 필요</translation>
    </message>
    <message>
        <source>not as main diagnosis</source>
        <translation>주상병 불가</translation>
    </message>
    <message>
        <source>to be reported by law</source>
        <translation>법정감염병, 신고 대상</translation>
    </message>
    <message>
        <source>accepted as it stands</source>
        <translation>완전코드</translation>
    </message>
    <message>
        <source>%1, in force from %2</source>
        <translation>%1, %2부터 적용</translation>
    </message>
    <message>
        <source>Claims</source>
        <translation>청구</translation>
    </message>
</context>
<context>
    <name>naru::ui::TermSource</name>
    <message>
        <source>This patient&apos;s codes</source>
        <translation>이 환자의 코드</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Used lately</source>
        <translation>최근 쓴 코드</translation>
    </message>
    <message>
        <source>Frequent in this clinic</source>
        <translation>우리 의원에서 자주</translation>
    </message>
</context>
<context>
    <name>naru::ui::TermsPart</name>
    <message>
        <source>Releases in service</source>
        <translation>쓰고 있는 용어집</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>판</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>적용일</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>용어 수</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>No official list was taken over yet; the starter list is searched</source>
        <translation>아직 공식 용어집을 가져오지 않아 기본 용어로 찾습니다</translation>
    </message>
    <message>
        <source>Files may also be dropped here. The old list stays in service until the new one is complete.</source>
        <translation>파일을 여기에 끌어 놓아도 됩니다. 새 용어집이 완성될 때까지 쓰던 것을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Recognise it by its columns</source>
        <translation>열 이름으로 알아보기</translation>
    </message>
    <message>
        <source>from the file name</source>
        <translation>파일 이름에서</translation>
    </message>
    <message>
        <source>Kind of list</source>
        <translation>용어집 종류</translation>
    </message>
    <message>
        <source>Take over a file…</source>
        <translation>파일 가져오기…</translation>
    </message>
    <message>
        <source>Remove the release</source>
        <translation>이 판 삭제</translation>
    </message>
    <message>
        <source>● in service</source>
        <translation>● 쓰는 중</translation>
    </message>
    <message>
        <source>· kept for earlier visits</source>
        <translation>· 지난 진료용</translation>
    </message>
    <message>
        <source>%1 terms are searched; index %2</source>
        <translation>용어 %1개에서 찾습니다 (색인 %2)</translation>
    </message>
    <message>
        <source>A release could not be opened; the one before it is in service</source>
        <translation>열지 못한 용어집이 있어 이전 판을 쓰고 있습니다</translation>
    </message>
    <message>
        <source>Files of one release</source>
        <translation>한 판의 파일</translation>
    </message>
    <message>
        <source>Published lists (*.xlsx *.csv *.txt *.tsv)</source>
        <translation>공개 용어집 (*.xlsx *.csv *.txt *.tsv)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Taking over, per cent</source>
        <translation>용어집 가져오는 중, %</translation>
    </message>
    <message>
        <source>Stopped. The lists in service stay as they were.</source>
        <translation>멈췄습니다. 쓰던 용어집은 그대로입니다.</translation>
    </message>
    <message>
        <source>The file was not taken over; the lists in service stay as they were</source>
        <translation>가져오지 못했습니다. 쓰던 용어집은 그대로입니다</translation>
    </message>
    <message>
        <source>Taken over, and in service. Look at the report below.</source>
        <translation>가져와 쓰기 시작했습니다. 아래 보고서를 확인하십시오.</translation>
    </message>
    <message>
        <source>Taken over, and in service.</source>
        <translation>가져와 쓰기 시작했습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>The release was not removed</source>
        <translation>없애지 못했습니다</translation>
    </message>
    <message>
        <source>The release was removed</source>
        <translation>없앴습니다</translation>
    </message>
    <message>
        <source>Master and release</source>
        <translation>용어집과 판</translation>
    </message>
    <message>
        <source>Taken over %1 from %2</source>
        <translation>%1에 %2에서 가져옴</translation>
    </message>
    <message>
        <source>Remove %1? It can come back from its file only.</source>
        <translation>%1 판을 없앨까요? 되돌리려면 파일을 다시 가져와야 합니다.</translation>
    </message>
</context>
<context>
    <name>naru::ui::Toast</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
</context>
<context>
    <name>naru::ui::TransferList</name>
    <message>
        <source>Fetched and sent</source>
        <translation>가져오기·보내기</translation>
    </message>
    <message>
        <source>Of all patients</source>
        <translation>모든 환자</translation>
    </message>
    <message>
        <source>Open the images</source>
        <translation>영상 열기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Cancel (Delete)</source>
        <translation>취소 (Delete)</translation>
    </message>
    <message>
        <source>Off the list</source>
        <translation>목록에서 지우기</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Nothing has been fetched or sent yet</source>
        <translation>가져오거나 보낸 검사가 없습니다</translation>
    </message>
    <message>
        <source>nothing of it is here yet</source>
        <translation>아직 받은 영상 없음</translation>
    </message>
    <message>
        <source>again at %1</source>
        <translation>%1 다시 시도</translation>
    </message>
    <message>
        <source>%1. To do: %2 (%3)</source>
        <translation>%1. 할 일: %2 (%3)</translation>
    </message>
    <message>
        <source>%1. It is tried again by itself (%2)</source>
        <translation>%1. 자동으로 다시 시도합니다 (%2)</translation>
    </message>
    <message>
        <source>It could not be tried again</source>
        <translation>다시 시도하지 못했습니다</translation>
    </message>
    <message>
        <source>It could not be cancelled</source>
        <translation>취소하지 못했습니다</translation>
    </message>
    <message>
        <source>It could not be taken off the list</source>
        <translation>목록에서 지우지 못했습니다</translation>
    </message>
    <message>
        <source>storage not confirmed yet</source>
        <translation>보관 확인 전</translation>
    </message>
    <message>
        <source>storage confirmed</source>
        <translation>보관 확인됨</translation>
    </message>
    <message>
        <source>other images of known identifiers: %1</source>
        <translation>식별자가 겹쳐 따로 보관한 영상 %1장</translation>
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
        <translation>%1 추이</translation>
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
            <numerusform>단위가 다른 값 %n건은 그리지 않음</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>naru::ui::UiJob</name>
    <message>
        <source>Loading</source>
        <translation>불러오는 중</translation>
    </message>
    <message>
        <source>Stopping (%1 s)</source>
        <translation>멈추는 중 (%1초)</translation>
    </message>
    <message>
        <source>%1 %2 / %3 (%4 s)</source>
        <translation>%1 %2 / %3 (%4초)</translation>
    </message>
    <message>
        <source>%1 (%2 s)</source>
        <translation>%1 (%2초)</translation>
    </message>
</context>
<context>
    <name>naru::ui::ValueEditor</name>
    <message>
        <source>“%1” is not a date</source>
        <translation>“%1” 날짜가 아닙니다</translation>
    </message>
</context>
<context>
    <name>naru::ui::Viewport</name>
    <message>
        <source>%1 / %2 images</source>
        <translation>%1 / %2장</translation>
    </message>
    <message>
        <source>Image view, empty</source>
        <translation>영상 화면, 비어 있음</translation>
    </message>
    <message>
        <source>Image view: %1</source>
        <translation>영상 화면: %1</translation>
    </message>
    <message>
        <source>Loading image %1</source>
        <translation>영상 %1 불러오는 중</translation>
    </message>
    <message>
        <source>Image %1 cannot be shown</source>
        <translation>영상 %1을(를) 보여 줄 수 없습니다</translation>
    </message>
    <message>
        <source>Position %1 mm</source>
        <translation>위치 %1 mm</translation>
    </message>
    <message>
        <source>Thickness %1 mm</source>
        <translation>두께 %1 mm</translation>
    </message>
    <message>
        <source>Position %1, thickness %2 mm</source>
        <translation>위치 %1, 두께 %2 mm</translation>
    </message>
</context>
<context>
    <name>naru::ui::WarningList</name>
    <message>
        <source>Warnings about this document</source>
        <translation>이 문서의 알림</translation>
    </message>
</context>
<context>
    <name>naru::ui::WaveformView</name>
    <message>
        <source>Recording</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>10 mm/mV</source>
        <translation>10 mm/mV</translation>
    </message>
</context>
<context>
    <name>naru::ui::WordsPane</name>
    <message>
        <source>What the patient will read</source>
        <translation>환자에게 보일 글</translation>
    </message>
    <message>
        <source>What was given and withdrawn so far</source>
        <translation>지금까지의 동의와 철회</translation>
    </message>
</context>
<context>
    <name>naru::ui::WritingPanes</name>
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
</context>
</TS>
