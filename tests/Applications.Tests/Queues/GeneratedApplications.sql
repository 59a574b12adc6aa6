-- 100,000 applications of as many teachers in 4,000 schools, 200 districts and 20 regions, spread over statuses, years and
-- categories roughly as a year's campaign is. The same every time.
insert into organisations (id, parent_id, level, kind, name_kk, name_ru, bin, kato, subordination, version)
select md5('republic')::uuid, null, 'republic', 'body', 'Министрлік', 'Министерство', '000000000000', '000000000', 'republic', 1
union all select md5('region' || n)::uuid, md5('republic')::uuid, 'region', 'body', 'Басқарма ' || n, 'Управление ' || n,
    '000000000000', '000000000', 'republic', 1 from generate_series(0, 19) n
union all select md5('district' || n)::uuid, md5('region' || n % 20)::uuid, 'district', 'body', 'Бөлім ' || n, 'Отдел ' || n,
    '000000000000', '000000000', 'region', 1 from generate_series(0, 199) n
union all select md5('school' || n)::uuid, md5('district' || n % 200)::uuid, 'organisation', 'school', n || ' мектеп', 'Школа ' || n,
    '000000000000', '000000000', 'district', 1 from generate_series(0, 3999) n;

with drawn as (
    select n,
        n % 4000 as school, n % 200 as district, n % 20 as region,
        mod(abs(hashint4(n)::bigint), 100) as status_draw,
        mod(abs(hashint4(n + 1000000)::bigint), 100) as category_draw,
        timestamptz '2025-01-10 04:00Z' + make_interval(secs => mod(abs(hashint4(n + 2000000)::bigint), 58000000)) as since
    from generate_series(1, 100000) n
), placed as (
    select *,
        case when status_draw < 8 then 'new' when status_draw < 23 then 'under-review' when status_draw < 28 then 'returned-for-revision'
            when status_draw < 38 then 'under-state-service-review' when status_draw < 43 then 'accepted-by-state-service'
            when status_draw < 46 then 'refused-by-state-service' when status_draw < 58 then 'sent-to-commission'
            when status_draw < 88 then 'meets' when status_draw < 94 then 'does-not-meet' when status_draw < 98 then 'one-level-lower'
            else 'withdrawn' end as status,
        case when category_draw < 40 then 'teacher-moderator' when category_draw < 80 then 'teacher-expert'
            when category_draw < 97 then 'teacher-researcher' else 'teacher-master' end as category
    from drawn
), judged as (
    select *,
        case category when 'teacher-researcher' then md5('region' || region)::uuid when 'teacher-master' then md5('republic')::uuid
            else md5('district' || district)::uuid end as accepting,
        case category when 'teacher-moderator' then md5('school' || school)::uuid when 'teacher-expert' then md5('district' || district)::uuid
            when 'teacher-researcher' then md5('region' || region)::uuid else md5('republic')::uuid end as deciding,
        status not in ('new', 'under-review', 'returned-for-revision', 'withdrawn') as forwarded
    from placed
)
insert into applications (
    id, number, status, version, edit_version, teacher_id, teacher_name, organisation_id, organisation_path, district_id, region_id,
    republic_id, deciding_level, accepting_organisation_id, deciding_organisation_id, forwarded_to, forwarded_to_id, created_at,
    status_since, returned_blocks, attestation_year, filing_date, statement_form, position_ru, position_kk, attestation_kind,
    claimed_category, email, phone, subjects, not_subject_teacher)
select md5('application' || n)::uuid, '2027-' || lpad(n::text, 6, '0'), status, 2, 1, md5('teacher' || n)::uuid,
    (array['Ахметова', 'Абаев', 'Әбенова', 'Бекова', 'Досжанов', 'Ерболат', 'Жұмабаева', 'Ибраев', 'Карим', 'Қасымова', 'Қожа',
        'Мұқанова', 'Нұрлан', 'Омаров', 'Оспанова', 'Сапар', 'Тілеу', 'Ұзақ', 'Шәріп', 'Юсупова'])[1 + n / 7 % 20]
        || ' ' || substr(md5(n::text), 1, 6),
    md5('school' || school)::uuid,
    array[md5('school' || school)::uuid, md5('district' || district)::uuid, md5('region' || region)::uuid, md5('republic')::uuid],
    md5('district' || district)::uuid, md5('region' || region)::uuid, md5('republic')::uuid,
    case category when 'teacher-moderator' then 'organisation' when 'teacher-expert' then 'district'
        when 'teacher-researcher' then 'region' else 'republic' end,
    accepting, deciding,
    case when forwarded then array[accepting] else '{}' end, case when forwarded then accepting end,
    since - interval '10 days', since, '{}', case when since < '2025-09-01' then 2025 when since < '2026-09-01' then 2026 else 2027 end,
    since::date, 'award', 'учитель математики', 'математика мұғалімі', 'regular', category, 'teacher@example.kz', '+77011234567',
    array['mathematics'], false
from judged;
