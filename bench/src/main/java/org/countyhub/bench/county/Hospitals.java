package org.countyhub.bench.county;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The five senders of the county, the same for every seed. */
final class Hospitals {
    private static final int DOCTORS_A_DEPARTMENT = 3;
    private static final List<String> TITLES = List.of("主任医师", "主治医师", "住院医师");
    private static final List<String> TECHNICAL_TITLES = List.of("主任技师", "主管技师", "检验师");

    private static final Department LABORATORY = new Department("lab", "检验科", Service.LABORATORY);
    private static final Department RADIOLOGY = new Department("radiology", "放射科", Service.RADIOLOGY);
    private static final Department ULTRASOUND = new Department("ultrasound", "超声科", Service.ULTRASOUND);
    private static final Department ECG = new Department("ecg", "心电图室", Service.ELECTROCARDIOGRAPHY);
    private static final Department PATHOLOGY = new Department("pathology", "病理科", Service.PATHOLOGY);

    static final List<Hospital> ALL = List.of(
            hospital(
                    new Sender("nanan-city-hospital", "南安市医院", "三级医院", "SY", 3, "49000011", Mark.PROVINCE, 55, false),
                    List.of(
                            LABORATORY,
                            RADIOLOGY,
                            ULTRASOUND,
                            ECG,
                            PATHOLOGY,
                            clinic("internal-medicine", "内科"),
                            clinic("cardiology", "心血管内科"),
                            clinic("surgery", "外科"),
                            clinic("emergency", "急诊科"))),
            hospital(
                    new Sender("haidu-hospital", "南安市海都医院", "二级医院", "HD", 2, "49000022", Mark.PROVINCE, 38, false),
                    List.of(
                            LABORATORY,
                            RADIOLOGY,
                            ULTRASOUND,
                            ECG,
                            PATHOLOGY,
                            clinic("internal-medicine", "内科"),
                            clinic("surgery", "外科"),
                            clinic("emergency", "急诊科"))),
            hospital(
                    new Sender(
                            "xiamei-health-centre", "南安市霞美镇卫生院", "乡镇卫生院", "XM", 1, "49000033", Mark.COUNTY, 22, true),
                    List.of(
                            LABORATORY,
                            RADIOLOGY,
                            ULTRASOUND,
                            ECG,
                            clinic("general-practice", "全科医学科"),
                            clinic("public-health", "公共卫生科"))),
            hospital(
                    new Sender("nanan-maternity", "南安市妇幼保健院", "妇幼保健院", "FY", 2, "49000044", Mark.CITY, 20, false),
                    List.of(
                            LABORATORY,
                            ULTRASOUND,
                            clinic("obstetrics", "产科"),
                            clinic("gynaecology", "妇科"),
                            clinic("paediatrics", "儿科"))),
            hospital(
                    new Sender("nanan-cdc", "南安市疾病预防控制中心", "疾病预防控制中心", "JK", 2, "49000055", Mark.NATIONAL, 6, false),
                    List.of(LABORATORY, clinic("infectious-disease", "传染病防制科"))));

    private Hospitals() {}

    private record Sender(
            String id,
            String name,
            String kind,
            String prefix,
            int level,
            String serial,
            Mark mark,
            int share,
            boolean namesOidAlias) {}

    private static Department clinic(String id, String name) {
        return new Department(id, name, Service.CLINIC);
    }

    private static Hospital hospital(Sender sender, List<Department> plans) {
        RandomGenerator random = Lot.generator(sender.serial.hashCode());
        List<Department> departments = plans.stream()
                .map(plan -> new Department(sender.id + "-" + plan.id(), plan.name(), plan.service()))
                .toList();
        List<Doctor> doctors = new ArrayList<>();
        for (Department department : departments) {
            for (int i = 1; i <= DOCTORS_A_DEPARTMENT; i++) {
                doctors.add(doctor(sender, department, i, doctors.size() + 1, random));
            }
        }
        return new Hospital(
                sender.id,
                sender.name,
                sender.kind,
                sender.prefix,
                sender.level,
                Uscc.ofPublicInstitution(Region.NANAN, sender.serial),
                sender.mark,
                sender.share,
                sender.namesOidAlias,
                departments,
                doctors);
    }

    private static Doctor doctor(Sender sender, Department department, int rank, int number, RandomGenerator random) {
        Sex sex = random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
        List<String> titles = department.service() == Service.LABORATORY ? TECHNICAL_TITLES : TITLES;
        return new Doctor(
                department.id() + "-" + rank,
                Names.adult(sex, 1962 + 8 * rank + random.nextInt(10), random),
                sex,
                "110" + Region.NANAN + "%s%03d".formatted(sender.serial.substring(5), number),
                titles.get(rank - 1),
                department);
    }
}
