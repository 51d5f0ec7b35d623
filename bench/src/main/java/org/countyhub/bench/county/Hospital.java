package org.countyhub.bench.county;

import java.util.List;

/**
 * A sender of reports; {@code id} is the fixed id of its Organization resource.
 *
 * @param kind such as 三级医院, 乡镇卫生院
 * @param prefix two letters before its report numbers and local codes
 * @param level 3 the highest, 1 a township
 * @param share of 100 residents, how many have been there
 * @param namesOidAlias whether its system still sends the resident ID under the older OID
 */
public record Hospital(
        String id,
        String name,
        String kind,
        String prefix,
        int level,
        String uscc,
        Mark mark,
        int share,
        boolean namesOidAlias,
        List<Department> departments,
        List<Doctor> doctors) {
    public Hospital {
        departments = List.copyOf(departments);
        doctors = List.copyOf(doctors);
    }

    List<Department> departments(Service service) {
        return departments.stream().filter(d -> d.service() == service).toList();
    }

    List<Doctor> doctors(Service service) {
        return doctors.stream().filter(d -> d.department().service() == service).toList();
    }
}
