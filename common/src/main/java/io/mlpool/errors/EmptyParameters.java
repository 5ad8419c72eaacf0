package io.mlpool.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** A query parameter with nothing behind it is no number and no time: {@code ?limit=} is refused, not taken for an absent one. */
final class EmptyParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            for (MethodParameter parameter : method.getMethodParameters()) {
                refuseEmpty(request, parameter);
            }
        }
        return true;
    }

    private static void refuseEmpty(HttpServletRequest request, MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation == null || parameter.getParameterType() == String.class) {
            return;
        }
        String name = name(annotation, parameter);
        if (name != null && "".equals(request.getParameter(name))) {
            ExpectedType expected = ExpectedType.ofParameter(parameter.getParameterType());
            throw InvalidRequestException.of(expected.parsing(), List.of("query", name), expected.message(), "");
        }
    }

    private static @Nullable String name(RequestParam annotation, MethodParameter parameter) {
        return annotation.name().isEmpty() ? parameter.getParameterName() : annotation.name();
    }
}
