package io.mlpool.errors;

import java.util.List;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** A query or path parameter that cannot be read as what it should be. */
final class WrongParameter {

    private WrongParameter() {}

    static ErrorDetail detail(TypeMismatchException e) {
        ExpectedType expected = ExpectedType.ofParameter(e.getRequiredType());
        String name = e.getPropertyName() == null ? "" : e.getPropertyName();
        String place =
                e instanceof MethodArgumentTypeMismatchException argument ? place(argument.getParameter()) : "query";
        return new ErrorDetail(expected.parsing(), List.of(place, name), message(e, expected), e.getValue());
    }

    /** Where FastAPI says that a parameter comes from. */
    static String place(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return "path";
        }
        if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            return "header";
        }
        return parameter.hasParameterAnnotation(RequestBody.class) ? "body" : "query";
    }

    /** A factory of ours says what is allowed better than the type can. */
    private static String message(TypeMismatchException e, ExpectedType expected) {
        String said = OwnWords.of(e.getMostSpecificCause());
        return said == null ? expected.message() : "Value error, " + said;
    }
}
